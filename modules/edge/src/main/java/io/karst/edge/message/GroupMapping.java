package io.karst.edge.message;

import com.google.protobuf.ByteString;
import io.karst.domain.group.Change;
import io.karst.domain.group.Group;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.GroupMember;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Members, roles, policies, changes and heads. */
public final class GroupMapping {

  private GroupMapping() {}

  /** The first members beside the creator, each once. */
  public static Map<MemberId, Role> firstMembers(List<GroupMember> messages) {
    var members = new HashMap<MemberId, Role>();
    for (Member member :
        Fields.list("members", Group.MEMBERS_MAX - 1, messages, GroupMapping::read)) {
      if (members.put(member.id(), member.role()) != null) {
        throw Refusal.ofField(Reason.CHANGE_INVALID, "members").toException();
      }
    }
    return members;
  }

  public static List<Change> changes(List<io.karst.wire.v1.Change> messages) {
    return Fields.list("changes", Group.MEMBERS_MAX, messages, GroupMapping::change);
  }

  private static Change change(io.karst.wire.v1.Change message) {
    return switch (message.getChangeCase()) {
      case ADD -> Fields.inside("add", () -> read(message.getAdd()).added());
      case REMOVE_MEMBER_ID ->
        new Change.Remove(Fields.memberId("remove_member_id", message.getRemoveMemberId()));
      case SET_ROLE ->
        Fields.inside("set_role", () -> read(message.getSetRole()).changed());
      case CHANGE_NOT_SET -> throw Fields.missing("change");
    };
  }

  private record Member(MemberId id, Role role) {
    Change added() {
      return new Change.Add(id, role);
    }

    Change changed() {
      return new Change.SetRole(id, role);
    }
  }

  private static Member read(GroupMember message) {
    return new Member(Fields.memberId("member_id", message.getMemberId()), role(message.getRole()));
  }

  public static GroupMember member(MemberId id, Role role) {
    return GroupMember.newBuilder().setMemberId(id.value()).setRole(role(role)).build();
  }

  private static Role role(io.karst.wire.v1.Role message) {
    return switch (message) {
      case ROLE_MEMBER -> Role.MEMBER;
      case ROLE_ADMIN -> Role.ADMIN;
      case ROLE_OWNER -> Role.OWNER;
      case ROLE_UNSPECIFIED -> throw Fields.missing("role");
      case UNRECOGNIZED -> throw Fields.invalid("role");
    };
  }

  static io.karst.wire.v1.Role role(Role role) {
    return switch (role) {
      case MEMBER -> io.karst.wire.v1.Role.ROLE_MEMBER;
      case ADMIN -> io.karst.wire.v1.Role.ROLE_ADMIN;
      case OWNER -> io.karst.wire.v1.Role.ROLE_OWNER;
    };
  }

  /** Reads a policy; what is absent is as by default. */
  public static Policy policy(io.karst.wire.v1.Policy message) {
    Policy usual = Policy.DEFAULT;
    Duration grace =
        message.hasGraceMillis() ? Duration.ofMillis(message.getGraceMillis()) : usual.grace();
    Duration ageMax = message.hasEpochAgeMaxMillis()
        ? Duration.ofMillis(message.getEpochAgeMaxMillis())
        : usual.ageMax();
    int messages =
        message.hasMessagesPerMember() ? message.getMessagesPerMember() : usual.messagesPerMember();
    Policy graced = inBounds("grace_millis", () -> new Policy(grace));
    Policy aged = inBounds(
        "epoch_age_max_millis",
        () -> new Policy(graced.grace(), ageMax, usual.messagesPerMember()));
    Policy full =
        inBounds("messages_per_member", () -> new Policy(aged.grace(), aged.ageMax(), messages));
    Policy told = full.with(message.hasHistory() ? history(message.getHistory()) : usual.history());
    return message.getForwardOnly()
        ? inBounds(
            "forward_only",
            () -> new Policy(told.grace(), told.ageMax(), messages, told.history(), true))
        : told;
  }

  private static History history(io.karst.wire.v1.History message) {
    return switch (message) {
      case HISTORY_NONE -> History.NONE;
      case HISTORY_FROM_INDEX -> History.FROM_INDEX;
      case HISTORY_WHOLE -> History.WHOLE;
      case HISTORY_UNSPECIFIED, UNRECOGNIZED ->
        throw new RefusedException(Refusal.ofField(Reason.POLICY_INVALID, "policy.history"));
    };
  }

  private static io.karst.wire.v1.History history(History history) {
    return switch (history) {
      case NONE -> io.karst.wire.v1.History.HISTORY_NONE;
      case FROM_INDEX -> io.karst.wire.v1.History.HISTORY_FROM_INDEX;
      case WHOLE -> io.karst.wire.v1.History.HISTORY_WHOLE;
    };
  }

  private static Policy inBounds(String field, Supplier<Policy> policy) {
    try {
      return policy.get();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.ofField(Reason.POLICY_INVALID, "policy." + field));
    }
  }

  public static io.karst.wire.v1.Policy policy(Policy policy) {
    return io.karst.wire.v1.Policy.newBuilder()
        .setGraceMillis(policy.grace().toMillis())
        .setEpochAgeMaxMillis(policy.ageMax().toMillis())
        .setMessagesPerMember(policy.messagesPerMember())
        .setHistory(history(policy.history()))
        .setForwardOnly(policy.forwardOnly())
        .build();
  }

  public static io.karst.wire.v1.Head head(Head head) {
    return io.karst.wire.v1.Head.newBuilder()
        .setSize(head.size())
        .setRoot(Fields.bytes(head.root()))
        .build();
  }

  /** Reads the head inside a cursor. */
  public static Head head(io.karst.wire.v1.Head message) {
    if (message.getSize() < 0) {
      throw Fields.invalid("size");
    }
    return new Head(
        message.getSize(), Fields.exactly(Fields.HASH_LENGTH, "root", message.getRoot()));
  }

  /** The peaks of a tree. */
  public static List<ByteString> peaks(Frontier tree) {
    return tree.peaks().stream().map(Fields::bytes).toList();
  }
}
