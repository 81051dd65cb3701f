package io.karst.bench.group;

import com.google.protobuf.ByteString;
import io.karst.bench.measure.LoadFailure;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.EpochStatements;
import io.karst.wire.v1.CreateGroupRequest;
import io.karst.wire.v1.GroupMember;
import io.karst.wire.v1.Manifest;
import io.karst.wire.v1.Policy;
import io.karst.wire.v1.Role;
import io.karst.wire.v1.SealedKey;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Creates a group of devices. Its epoch key is noise, and so is what is sealed: the server could
 * not tell.
 */
final class NewGroup {

  /** As many as there can be: the tool measures within one epoch, and never rotates. */
  private static final int MESSAGES_PER_MEMBER = 1_000_000;

  private static final int COMMITMENT_LENGTH = 32;

  /** Of a pre-key message with an epoch key in it. */
  private static final int SEALED_KEY_LENGTH = 257;

  private final List<Device> roster;
  private final Bytes nonce;
  private final GroupId id;
  private final RandomGenerator random;

  /** The first device creates the group. */
  NewGroup(List<Device> devices, RandomGenerator random) {
    this.roster = devices.stream()
        .sorted(Comparator.comparing(device -> device.keys().address()))
        .toList();
    this.random = random;
    this.nonce = Raw.noise(random, DeviceStatements.NONCE_LENGTH);
    this.id = DeviceStatements.groupId(creator().address().member(), nonce);
  }

  /** Answers the id of the group, which then exists. */
  GroupId create() throws LoadFailure {
    var request = CreateGroupRequest.newBuilder()
        .setNonce(Raw.of(nonce))
        .setPolicy(Policy.newBuilder().setMessagesPerMember(MESSAGES_PER_MEMBER))
        .addAllMembers(roster.stream().skip(1).map(NewGroup::member).toList())
        .setManifest(manifest())
        .addAllSealedKeys(roster.stream().map(this::sealedKey).toList())
        .build();
    var calls = roster.get(0).groupCalls();
    Answers.of("cannot create a group", () -> calls.createGroup(request));
    return id;
  }

  private DeviceKeys creator() {
    return roster.get(0).keys();
  }

  private static GroupMember member(Device device) {
    return GroupMember.newBuilder()
        .setMemberId(device.keys().address().member().value())
        .setRole(Role.ROLE_MEMBER)
        .build();
  }

  private Manifest manifest() {
    var manifest = new io.karst.domain.epoch.Manifest(
        id,
        1,
        io.karst.domain.epoch.Manifest.KEY_SUITE_OLM,
        Bytes.EMPTY,
        RotationReason.CREATED,
        creator().address(),
        Raw.noise(random, COMMITMENT_LENGTH),
        roster.stream().map(NewGroup::rosterEntry).toList());
    return Manifest.newBuilder()
        .setGroupId(id.value())
        .setEpoch(1)
        .setKeySuite(manifest.keySuite())
        .setReason(io.karst.wire.v1.RotationReason.ROTATION_REASON_CREATED)
        .setCommitterMemberId(creator().address().member().value())
        .setCommitterDeviceId(creator().address().device().value())
        .setKeyCommitment(Raw.of(manifest.keyCommitment()))
        .addAllRoster(manifest.roster().stream().map(NewGroup::wire).toList())
        .setSignature(creator().sign(EpochStatements.manifest(manifest)))
        .build();
  }

  private static RosterEntry rosterEntry(Device device) {
    return new RosterEntry(device.keys().address().member(), 1, device.keys().identity());
  }

  private static io.karst.wire.v1.RosterEntry wire(RosterEntry entry) {
    return io.karst.wire.v1.RosterEntry.newBuilder()
        .setMemberId(entry.member().value())
        .setDeviceListVersion(entry.deviceListVersion())
        .setDevice(Device.wire(entry.identity()))
        .build();
  }

  private SealedKey sealedKey(Device device) {
    ByteString noise = Raw.of(Raw.noise(random, SEALED_KEY_LENGTH));
    return SealedKey.newBuilder()
        .setMemberId(device.keys().address().member().value())
        .setDeviceId(device.keys().address().device().value())
        .setOlmType(0)
        .setOlmMessage(noise)
        .build();
  }
}
