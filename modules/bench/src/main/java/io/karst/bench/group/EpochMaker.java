package io.karst.bench.group;

import com.google.protobuf.ByteString;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.EpochStatements;
import io.karst.wire.v1.Manifest;
import io.karst.wire.v1.SealedKey;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes epochs of one group, by one device. Their keys are noise, and so is what is sealed: the
 * server could not tell.
 *
 * @param roster ascending by address, one device a member
 */
record EpochMaker(
    GroupId group, DeviceKeys committer, List<DeviceKeys> roster, RandomGenerator random) {

  private static final int COMMITMENT_LENGTH = 32;

  /** Of a pre-key message with an epoch key in it. */
  private static final int SEALED_KEY_LENGTH = 257;

  EpochMaker {
    roster = List.copyOf(roster);
  }

  /**
   * A manifest and its hash.
   *
   * @param wire signed
   */
  record Epoch(Manifest wire, Bytes hash) {}

  Epoch first() {
    return epoch(1, Bytes.EMPTY, RotationReason.CREATED);
  }

  Epoch rotation(long number, Bytes previousHash) {
    return epoch(number, previousHash, RotationReason.MANUAL);
  }

  private Epoch epoch(long number, Bytes previousHash, RotationReason reason) {
    var manifest = new io.karst.domain.epoch.Manifest(
        group,
        number,
        io.karst.domain.epoch.Manifest.KEY_SUITE_OLM,
        previousHash,
        reason,
        committer.address(),
        Raw.noise(random, COMMITMENT_LENGTH),
        roster.stream().map(EpochMaker::rosterEntry).toList());
    var statement = EpochStatements.manifest(manifest);
    Manifest wire = Manifest.newBuilder()
        .setGroupId(group.value())
        .setEpoch(number)
        .setKeySuite(manifest.keySuite())
        .setPreviousHash(Raw.of(previousHash))
        .setReason(io.karst.wire.v1.RotationReason.forNumber(reason.number()))
        .setCommitterMemberId(committer.address().member().value())
        .setCommitterDeviceId(committer.address().device().value())
        .setKeyCommitment(Raw.of(manifest.keyCommitment()))
        .addAllRoster(manifest.roster().stream().map(EpochMaker::wire).toList())
        .setSignature(committer.sign(statement))
        .build();
    return new Epoch(wire, statement.hash());
  }

  List<SealedKey> sealedKeys() {
    return roster.stream().map(this::sealedKey).toList();
  }

  private static RosterEntry rosterEntry(DeviceKeys device) {
    return new RosterEntry(device.address().member(), 1, device.identity());
  }

  private static io.karst.wire.v1.RosterEntry wire(RosterEntry entry) {
    return io.karst.wire.v1.RosterEntry.newBuilder()
        .setMemberId(entry.member().value())
        .setDeviceListVersion(entry.deviceListVersion())
        .setDevice(Device.wire(entry.identity()))
        .build();
  }

  private SealedKey sealedKey(DeviceKeys device) {
    ByteString noise = Raw.of(Raw.noise(random, SEALED_KEY_LENGTH));
    return SealedKey.newBuilder()
        .setMemberId(device.address().member().value())
        .setDeviceId(device.address().device().value())
        .setOlmType(0)
        .setOlmMessage(noise)
        .build();
  }
}
