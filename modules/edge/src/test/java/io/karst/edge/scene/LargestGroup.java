package io.karst.edge.scene;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.journal.log.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A group in which everything has the most bytes that it can have. Nothing in it verifies. */
public final class LargestGroup {

  public static final GroupId ID = new GroupId("00112233445566778899aabbccddeeff");

  /** Members with one device each: their names take more than those of fewer members. */
  public static final List<DeviceAddress> DEVICES = IntStream.range(0, Manifest.ROSTER_MAX)
      .mapToObj(i -> new DeviceAddress(new MemberId(name(i)), new DeviceId(name(i))))
      .toList();

  /** Later than any that will be, and so as long as numbers get. */
  private static final long LATE = Long.MAX_VALUE;

  private static final Instant AT = Instant.ofEpochMilli(Long.MAX_VALUE);
  private static final Bytes HASH = bytes(32);
  private static final Bytes SIGNATURE = bytes(64);

  private LargestGroup() {}

  private static String name(int number) {
    return "x".repeat(60) + "%04d".formatted(number);
  }

  public static Bytes bytes(int length) {
    return Bytes.copyOf(new byte[length]);
  }

  public static DeviceIdentity identity(DeviceId device) {
    return new DeviceIdentity(device, HASH, HASH);
  }

  public static List<SealedKey> sealedKeys() {
    return DEVICES.stream()
        .map(device -> new SealedKey(device, 1, bytes(SealedKey.MESSAGE_MAX)))
        .toList();
  }

  /** One that each device has opened. */
  public static List<SessionBinding> sessions(long epoch) {
    return DEVICES.stream()
        .map(device -> new SessionBinding(device, epoch, HASH, SIGNATURE))
        .toList();
  }

  public static SignedManifest manifest(long epoch) {
    var roster = DEVICES.stream()
        .map(device -> new RosterEntry(device.member(), LATE, identity(device.device())))
        .toList();
    var manifest = new Manifest(
        ID,
        epoch,
        Manifest.KEY_SUITE_OLM,
        HASH,
        RotationReason.COMPROMISE,
        DEVICES.get(0),
        HASH,
        roster);
    return new SignedManifest(manifest, HASH, SIGNATURE);
  }

  /** The record of the entry that starts an epoch. */
  public static StoredRecord started(long epoch) {
    return record(new GroupEvent.EpochStarted(manifest(epoch), sealedKeys(), AT));
  }

  public static StoredRecord record(GroupEvent event) {
    return new StoredRecord(1L << 60, event.at(), LATE, HASH, event);
  }

  public static Instant at() {
    return AT;
  }
}
