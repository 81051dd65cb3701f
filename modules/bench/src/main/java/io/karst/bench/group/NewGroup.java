package io.karst.bench.group;

import io.karst.bench.measure.LoadFailure;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.DeviceStatements;
import io.karst.wire.v1.CreateGroupRequest;
import io.karst.wire.v1.GroupMember;
import io.karst.wire.v1.Policy;
import io.karst.wire.v1.Role;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Creates a group of devices. */
final class NewGroup {

  /** As many as there can be: the tool rotates by itself, or not at all. */
  private static final int MESSAGES_PER_MEMBER = 1_000_000;

  private final Device creator;
  private final Bytes nonce;
  private final EpochMaker epochs;

  /** The first device creates the group. */
  NewGroup(List<Device> devices, RandomGenerator random) {
    this(first(devices), devices.stream().map(Device::keys).toList(), random);
  }

  /** One device creates the group, and is in the roster. */
  NewGroup(Device creator, List<DeviceKeys> roster, RandomGenerator random) {
    this.creator = creator;
    this.nonce = Raw.noise(random, DeviceStatements.NONCE_LENGTH);
    this.epochs = new EpochMaker(
        DeviceStatements.groupId(creator.keys().address().member(), nonce),
        creator.keys(),
        roster.stream().sorted(Comparator.comparing(DeviceKeys::address)).toList(),
        random);
  }

  /** Answers the id of the group, which then exists. */
  GroupId create() throws LoadFailure {
    CreateGroupRequest request = request(epochs.first()).toBuilder()
        .addAllSealedKeys(epochs.sealedKeys())
        .build();
    var calls = creator.groupCalls();
    Answers.of("cannot create a group", () -> calls.createGroup(request));
    return epochs.group();
  }

  EpochMaker epochs() {
    return epochs;
  }

  /** Without sealed keys. */
  CreateGroupRequest request(EpochMaker.Epoch first) {
    return CreateGroupRequest.newBuilder()
        .setNonce(Raw.of(nonce))
        .setPolicy(Policy.newBuilder().setMessagesPerMember(MESSAGES_PER_MEMBER))
        .addAllMembers(epochs.roster().stream()
            .filter(keys -> keys != creator.keys())
            .map(NewGroup::member)
            .toList())
        .setManifest(first.wire())
        .build();
  }

  private static Device first(List<Device> devices) {
    return devices.stream()
        .min(Comparator.comparing(device -> device.keys().address()))
        .orElseThrow();
  }

  private static GroupMember member(DeviceKeys keys) {
    return GroupMember.newBuilder()
        .setMemberId(keys.address().member().value())
        .setRole(Role.ROLE_MEMBER)
        .build();
  }
}
