package io.karst.edge.epoch;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.edge.message.EpochMapping;
import io.karst.journal.log.StoredRecord;
import io.karst.wire.v1.DeviceRef;
import io.karst.wire.v1.EpochRecord;
import io.karst.wire.v1.EpochSealedKey;
import io.karst.wire.v1.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The entry that started an epoch, made ready for many devices to be told of it.
 *
 * @param offset the entry's place
 * @param members those with a device in the roster
 */
public record EpochStart(
    long number,
    long offset,
    Instant at,
    Manifest manifest,
    Set<MemberId> members,
    Map<DeviceAddress, SealedKey> sealedKeys) {

  public EpochStart {
    members = Set.copyOf(members);
    sealedKeys = Map.copyOf(sealedKeys);
  }

  /** Reads the record of an entry that started an epoch. */
  static EpochStart of(StoredRecord record) {
    if (record.event() instanceof GroupEvent.EpochStarted started) {
      var manifest = started.manifest().manifest();
      return new EpochStart(
          manifest.epoch(),
          record.firstOffset(),
          started.at(),
          EpochMapping.manifest(started.manifest()),
          manifest.roster().stream().map(RosterEntry::member).collect(toUnmodifiableSet()),
          started.sealedKeys().stream()
              .collect(toUnmodifiableMap(SealedKey::device, Function.identity())));
    }
    throw new IllegalStateException("no epoch started at offset " + record.firstOffset());
  }

  /** Whether the device is in the roster. */
  public boolean hasDevice(DeviceAddress device) {
    return devicesOf(device.member()).contains(device.device());
  }

  /** The member's devices in the roster. */
  public Set<DeviceId> devicesOf(MemberId member) {
    return manifest.getRosterList().stream()
        .filter(entry -> entry.getMemberId().equals(member.value()))
        .map(entry -> new DeviceId(entry.getDevice().getDeviceId()))
        .collect(toUnmodifiableSet());
  }

  /** The device that drew and sealed the epoch's key. */
  public DeviceRef committer() {
    return DeviceRef.newBuilder()
        .setMemberId(manifest.getCommitterMemberId())
        .setDeviceId(manifest.getCommitterDeviceId())
        .build();
  }

  /** The key that was sealed to a device. */
  public Optional<SealedKey> keyOf(DeviceAddress device) {
    return Optional.ofNullable(sealedKeys.get(device));
  }

  /** The record as one device may see it: with no sealed key but its own. */
  public EpochRecord record(DeviceAddress device, List<SessionBinding> openSessions) {
    var record = EpochRecord.newBuilder()
        .setManifest(manifest)
        .setStartedOffset(offset)
        .setStartedAtMillis(at.toEpochMilli());
    sealedKey(device).ifPresent(key -> record.setSealedKey(key.getSealedKey()));
    openSessions.stream()
        .filter(binding -> binding.epoch() == number)
        .map(EpochMapping::openSession)
        .forEach(record::addOpenSessions);
    return record.build();
  }

  /** The device's own sealed key. */
  public Optional<EpochSealedKey> sealedKey(DeviceAddress device) {
    return keyOf(device)
        .map(key -> EpochSealedKey.newBuilder()
            .setEpoch(number)
            .setSealedKey(EpochMapping.sealedKey(key))
            .build());
  }
}
