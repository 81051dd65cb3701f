package io.karst.edge.scene;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Role;
import io.karst.domain.id.GroupId;
import io.karst.edge.message.EpochMapping;
import io.karst.edge.message.Fields;
import io.karst.edge.message.GroupMapping;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.EpochStatements;
import io.karst.proof.statement.Statement;
import io.karst.wire.v1.Change;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.CreateGroupRequest;
import io.karst.wire.v1.GroupMember;
import io.karst.wire.v1.Policy;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A group as its owner's device knows it: makes the requests that create and change it. */
public final class TestGroup {

  private final TestDevice owner;
  private final Bytes nonce;
  private final GroupId id;
  private SignedManifest last;
  private List<TestDevice> devices;

  private TestGroup(TestDevice owner, List<TestDevice> devices, Bytes nonce) {
    this.owner = owner;
    this.devices = devices;
    this.nonce = nonce;
    this.id = DeviceStatements.groupId(owner.address().member(), nonce);
    this.last = manifest(owner, Bytes.EMPTY, 1, RotationReason.CREATED, devices);
  }

  /** A group that was not created yet. */
  public static TestGroup planned(TestDevice owner, TestDevice... others) {
    byte[] nonce = new byte[DeviceStatements.NONCE_LENGTH];
    owner.random().nextBytes(nonce);
    List<TestDevice> all = Stream.concat(Stream.of(owner), Stream.of(others)).toList();
    return new TestGroup(owner, sorted(all), Bytes.copyOf(nonce));
  }

  public static TestGroup created(TestDevice owner, TestDevice... others) {
    TestGroup group = planned(owner, others);
    owner.groups().createGroup(group.creation());
    return group;
  }

  public GroupId id() {
    return id;
  }

  public SignedManifest last() {
    return last;
  }

  /** Its epochs end when a test says so. */
  public CreateGroupRequest creation() {
    var members = devices.stream()
        .map(device -> device.address().member())
        .filter(member -> !member.equals(owner.address().member()))
        .map(member -> GroupMapping.member(member, Role.MEMBER))
        .toList();
    return CreateGroupRequest.newBuilder()
        .setNonce(Fields.bytes(nonce))
        .setPolicy(Policy.newBuilder().setGraceMillis(60_000).setMessagesPerMember(1_000_000))
        .addAllMembers(members)
        .setManifest(EpochMapping.manifest(last))
        .addAllSealedKeys(sealedKeys(devices))
        .build();
  }

  /** Another first manifest of the same group. */
  public io.karst.wire.v1.Manifest anotherFirstManifest() {
    return EpochMapping.manifest(manifest(owner, Bytes.EMPTY, 1, RotationReason.CREATED, devices));
  }

  /** A commit without changes, by any device of the roster. */
  public CommitRequest rotation(TestDevice by) {
    return rotationOf(by, devices);
  }

  /** A commit without changes that seals to these devices. */
  public CommitRequest rotationOf(TestDevice by, List<TestDevice> roster) {
    return commit(by, RotationReason.MANUAL, roster, commit -> commit);
  }

  public CommitRequest addition(TestDevice added) {
    var member = GroupMember.newBuilder(GroupMapping.member(added.address().member(), Role.MEMBER));
    return commit(
        owner,
        RotationReason.MEMBER_JOINED,
        sorted(Stream.concat(devices.stream(), Stream.of(added)).toList()),
        commit -> commit.addChanges(Change.newBuilder().setAdd(member)));
  }

  public CommitRequest removal(TestDevice removed) {
    String member = removed.address().member().value();
    return commit(
        owner,
        RotationReason.MEMBER_REMOVED,
        devices.stream().filter(device -> device != removed).toList(),
        commit -> commit.addChanges(Change.newBuilder().setRemoveMemberId(member)));
  }

  private CommitRequest commit(
      TestDevice by,
      RotationReason reason,
      List<TestDevice> roster,
      UnaryOperator<CommitRequest.Builder> changes) {
    long epoch = last.manifest().epoch();
    SignedManifest next = manifest(by, last.hash(), epoch + 1, reason, roster);
    var commit = CommitRequest.newBuilder()
        .setGroupId(id.value())
        .setExpectedEpoch(epoch)
        .setManifest(EpochMapping.manifest(next))
        .addAllSealedKeys(sealedKeys(roster));
    return changes.apply(commit).build();
  }

  /** The commit was accepted: the next one follows it. */
  public void accepted(CommitRequest commit) {
    last = EpochMapping.manifest(commit.getManifest());
    devices = devices.stream()
        .filter(device -> last.manifest().entry(device.address()).isPresent())
        .toList();
  }

  /** Commits and expects it to be accepted. */
  public void commit(TestDevice by, CommitRequest commit) {
    by.groups().commit(commit);
    accepted(commit);
  }

  /** Adds a member. */
  public void add(TestDevice added) {
    CommitRequest commit = addition(added);
    owner.groups().commit(commit);
    devices = sorted(Stream.concat(devices.stream(), Stream.of(added)).toList());
    accepted(commit);
  }

  private SignedManifest manifest(
      TestDevice by, Bytes previous, long epoch, RotationReason reason, List<TestDevice> roster) {
    byte[] commitment = new byte[32];
    by.random().nextBytes(commitment);
    var manifest = new Manifest(
        id,
        epoch,
        Manifest.KEY_SUITE_OLM,
        previous,
        reason,
        by.address(),
        Bytes.copyOf(commitment),
        roster.stream().map(TestDevice::rosterEntry).toList());
    Statement statement = EpochStatements.manifest(manifest);
    return EpochStatements.signed(manifest, by.key().sign(statement));
  }

  private List<io.karst.wire.v1.SealedKey> sealedKeys(List<TestDevice> roster) {
    return roster.stream().map(device -> EpochMapping.sealedKey(sealed(device))).toList();
  }

  private SealedKey sealed(TestDevice device) {
    byte[] message = new byte[257];
    owner.random().nextBytes(message);
    return new SealedKey(device.address(), 0, Bytes.copyOf(message));
  }

  private static List<TestDevice> sorted(List<TestDevice> devices) {
    return devices.stream().sorted(Comparator.comparing(TestDevice::address)).toList();
  }
}
