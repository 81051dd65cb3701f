package io.karst.domain.group;

import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The changes of one commit, judged against the group as it is before any of them.
 *
 * <p>Each member stands in one change only, so their order does not matter.
 */
record MembershipChanges(Group group, DeviceAddress by, List<Change> changes) {

  /** The role that one change needs in a group as it is before it. */
  static Role requiredRole(Group group, Change change) {
    return change.match(new RequiredRole(group));
  }

  /** The role that all changes together need. */
  Role requiredRole() {
    Role required = Role.MEMBER;
    for (Change change : changes) {
      Role role = requiredRole(group, change);
      required = role.includes(required) ? role : required;
    }
    return required;
  }

  /** Why the changes cannot be made. */
  Optional<Reason> problem() {
    Set<MemberId> changed = new HashSet<>();
    var judge = new Judge(group, by.member());
    for (Change change : changes) {
      if (!changed.add(change.member())) {
        return Optional.of(Reason.CHANGE_INVALID);
      }
      Optional<Reason> problem = change.match(judge);
      if (problem.isPresent()) {
        return problem;
      }
    }
    Map<MemberId, Role> after = after();
    if (!after.containsValue(Role.OWNER)) {
      return Optional.of(Reason.LAST_OWNER);
    }
    return after.size() > Group.MEMBERS_MAX ? Optional.of(Reason.GROUP_FULL) : Optional.empty();
  }

  /** The members once the changes are made. */
  Map<MemberId, Role> after() {
    var members = new HashMap<>(group.members());
    changes.forEach(change -> change.match(new Applied(members)));
    return members;
  }

  /**
   * The reason that the manifest must give: the gravest, so that none hides behind another. Of the
   * rotations that are due it is the one with the earliest deadline.
   */
  RotationReason reason() {
    if (changes.stream().anyMatch(Change.Remove.class::isInstance)) {
      return RotationReason.MEMBER_REMOVED;
    }
    if (changes.stream().anyMatch(Change.Add.class::isInstance)) {
      return RotationReason.MEMBER_JOINED;
    }
    return changes.isEmpty()
        ? group.rotationDue().map(DueRotation::reason).orElse(RotationReason.MANUAL)
        : RotationReason.MANUAL;
  }

  /**
   * In their order, but the committer's own role last.
   *
   * <p>Whoever replays the events then sees each made by somebody with the right to.
   */
  List<GroupEvent> events(Instant at) {
    return changes.stream()
        .sorted(Comparator.comparing(change -> change.member().equals(by.member())))
        .map(change -> change.match(new Recorded(by, at)))
        .toList();
  }

  private record RequiredRole(Group group) implements Change.Cases<Role> {

    @Override
    public Role add(Change.Add change) {
      return change.role() == Role.MEMBER ? Role.ADMIN : Role.OWNER;
    }

    @Override
    public Role remove(Change.Remove change) {
      Role current = group.role(change.member()).orElse(Role.MEMBER);
      return current == Role.MEMBER ? Role.ADMIN : Role.OWNER;
    }

    @Override
    public Role setRole(Change.SetRole change) {
      return Role.OWNER;
    }
  }

  private record Judge(Group group, MemberId by) implements Change.Cases<Optional<Reason>> {

    @Override
    public Optional<Reason> add(Change.Add change) {
      return group.has(change.member()) ? Optional.of(Reason.ALREADY_MEMBER) : Optional.empty();
    }

    /** Nobody removes itself: leaving is another command, which needs no role. */
    @Override
    public Optional<Reason> remove(Change.Remove change) {
      if (change.member().equals(by)) {
        return Optional.of(Reason.CHANGE_INVALID);
      }
      return group.has(change.member()) ? Optional.empty() : Optional.of(Reason.NO_SUCH_MEMBER);
    }

    /**
     * A role that the member has already is no change; recording one would say that something
     * happened.
     */
    @Override
    public Optional<Reason> setRole(Change.SetRole change) {
      if (!group.has(change.member())) {
        return Optional.of(Reason.NO_SUCH_MEMBER);
      }
      return group.members().get(change.member()) == change.role()
          ? Optional.of(Reason.CHANGE_INVALID)
          : Optional.empty();
    }
  }

  private record Applied(Map<MemberId, Role> members) implements Change.Cases<Boolean> {

    @Override
    public Boolean add(Change.Add change) {
      members.put(change.member(), change.role());
      return true;
    }

    @Override
    public Boolean remove(Change.Remove change) {
      members.remove(change.member());
      return true;
    }

    @Override
    public Boolean setRole(Change.SetRole change) {
      members.put(change.member(), change.role());
      return true;
    }
  }

  private record Recorded(DeviceAddress by, Instant at) implements Change.Cases<GroupEvent> {

    @Override
    public GroupEvent add(Change.Add change) {
      return new GroupEvent.MemberAdded(by, change.member(), change.role(), at);
    }

    @Override
    public GroupEvent remove(Change.Remove change) {
      return new GroupEvent.MemberRemoved(by, change.member(), at);
    }

    @Override
    public GroupEvent setRole(Change.SetRole change) {
      return new GroupEvent.RoleChanged(by, change.member(), change.role(), at);
    }
  }
}
