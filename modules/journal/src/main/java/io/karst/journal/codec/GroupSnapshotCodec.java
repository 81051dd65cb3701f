package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.read;
import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.Epochs;
import io.karst.domain.group.Group;
import io.karst.domain.group.LogEnd;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.journal.log.GroupLog;
import io.karst.journal.v1.GroupSnapshot;
import io.karst.proof.merkle.Frontier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Snapshots of a group's log as bytes: {@code karst.journal.v1.GroupSnapshot}.
 *
 * <p>The rules of {@link GroupRecordCodec} hold. Equal logs are equal bytes.
 */
public final class GroupSnapshotCodec {

  private GroupSnapshotCodec() {}

  /** Encodes deterministically. */
  public static byte[] encode(GroupLog log) {
    Group group = log.group();
    GroupSnapshot.Builder target = GroupSnapshot.newBuilder()
        .setGroupId(group.id().value())
        .setNonce(Fields.bytes(group.nonce()))
        .setGraceMillis(group.policy().grace().toMillis())
        .addAllMembers(members(group))
        .setFirstManifestHash(Fields.bytes(group.epochs().firstManifestHash()))
        .setDeliveredEpoch(group.epochs().delivered())
        .addAllSenders(SenderFields.write(group.senders()))
        .addAllDueRotations(group.due().stream().map(GroupSnapshotCodec::due).toList())
        .setArchived(group.archived())
        .setSize(group.size())
        .setLastAtMillis(Fields.millis(group.lastAt()))
        .addAllPeaks(log.frontier().peaks().stream().map(Fields::bytes).toList());
    EpochState.write(group.epochs().current()).ifPresent(target::setCurrentEpoch);
    EpochState.write(group.epochs().previous()).ifPresent(target::setPreviousEpoch);
    if (group.policy().hasLimits()) {
      target
          .setEpochAgeMaxMillis(group.policy().ageMax().toMillis())
          .setMessagesPerMember(group.policy().messagesPerMember());
    }
    FaultFields.write(group.epochs().faults(), target);
    group.revoked().stream().sorted().forEach(device -> target.addRevoked(Fields.actor(device)));
    if (group.policy().hasHistory()) {
      target
          .setHistory(group.policy().history().number())
          .setForwardOnly(group.policy().forwardOnly());
    }
    ShareFields.write(group.sharing(), group.epochs()).ifPresent(target::setSharing);
    group.committing().forEach(device -> target.setCommitting(Fields.actor(device)));
    DeviceFields.write(group.owner(), target);
    return Wire.write(target.build());
  }

  /** Throws {@link CorruptRecord}. */
  public static GroupLog decode(byte[] bytes) {
    GroupSnapshot snapshot = Wire.read(GroupSnapshot.parser(), bytes);
    List<Bytes> peaks =
        readAll("peaks", snapshot.getPeaksCount(), i -> Fields.bytes(snapshot.getPeaks(i)));
    return read(
        "snapshot", () -> new GroupLog(group(snapshot), new Frontier(snapshot.getSize(), peaks)));
  }

  private static Group group(GroupSnapshot snapshot) {
    Epochs epochs = epochs(snapshot);
    return new Group(
        read("group_id", () -> new GroupId(snapshot.getGroupId())),
        Fields.bytes(snapshot.getNonce()),
        read("policy", () -> policy(snapshot)),
        members(snapshot),
        epochs,
        read("senders", () -> SenderFields.read(snapshot)),
        readAll(
            "due_rotations",
            snapshot.getDueRotationsCount(),
            i -> due(snapshot.getDueRotations(i))),
        Set.copyOf(readAll(
            "revoked", snapshot.getRevokedCount(), i -> Fields.address(snapshot.getRevoked(i)))),
        read("sharing", () -> ShareFields.read(snapshot, epochs)),
        snapshot.getArchived(),
        snapshot.hasCommitting()
            ? List.of(read("committing", () -> Fields.address(snapshot.getCommitting())))
            : List.of(),
        DeviceFields.read(snapshot),
        new LogEnd(
            snapshot.getSize(),
            read("last_at_millis", () -> Fields.time(snapshot.getLastAtMillis()))));
  }

  private static Policy policy(GroupSnapshot snapshot) {
    return PolicyFields.read(
        snapshot.getGraceMillis(),
        snapshot.hasEpochAgeMaxMillis()
            ? snapshot.getEpochAgeMaxMillis()
            : PolicyFields.AGE_MAX_MILLIS,
        snapshot.hasMessagesPerMember() ? snapshot.getMessagesPerMember() : Policy.MESSAGES_MAX,
        new PolicyFields.Past(snapshot.getHistory(), snapshot.getForwardOnly()));
  }

  private static Epochs epochs(GroupSnapshot snapshot) {
    return new Epochs(
        snapshot.hasCurrentEpoch()
            ? read("current_epoch", () -> EpochState.read(snapshot.getCurrentEpoch()))
            : Epoch.NONE,
        snapshot.hasPreviousEpoch()
            ? read("previous_epoch", () -> EpochState.read(snapshot.getPreviousEpoch()))
            : Epoch.NONE,
        Fields.bytes(snapshot.getFirstManifestHash()),
        read("delivered_epoch", () -> Fields.notNegative(snapshot.getDeliveredEpoch())),
        read("faults", () -> FaultFields.read(snapshot)));
  }

  private static List<GroupSnapshot.Member> members(Group group) {
    return group.members().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(member -> GroupSnapshot.Member.newBuilder()
            .setMemberId(member.getKey().value())
            .setRole(member.getValue().number())
            .build())
        .toList();
  }

  private static Map<MemberId, Role> members(GroupSnapshot snapshot) {
    Map<MemberId, Role> members = new HashMap<>();
    for (int i = 0; i < snapshot.getMembersCount(); i++) {
      GroupSnapshot.Member member = snapshot.getMembers(i);
      read(
          "members[" + i + "]",
          () -> members.put(new MemberId(member.getMemberId()), Fields.role(member.getRole())));
    }
    return members;
  }

  private static GroupSnapshot.DueRotation due(DueRotation due) {
    return GroupSnapshot.DueRotation.newBuilder()
        .setReason(due.reason().number())
        .setDeadlineMillis(Fields.millis(due.deadline()))
        .build();
  }

  private static DueRotation due(GroupSnapshot.DueRotation due) {
    return new DueRotation(Fields.reason(due.getReason()), Fields.time(due.getDeadlineMillis()));
  }
}
