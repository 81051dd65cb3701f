package io.karst.client.session;

import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Change;
import io.karst.domain.id.MemberId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a commit must say, so that the group's rules take it: its members, its reason, its roster.
 */
public final class CommitPlan {

  private CommitPlan() {}

  /** The members once the changes are made. */
  public static Set<MemberId> membersAfter(Collection<MemberId> members, List<Change> changes) {
    Set<MemberId> after = new TreeSet<>(members);
    changes.forEach(change -> change.match(new Applied(after)));
    return after;
  }

  /**
   * The reason that the manifest must give: of several the gravest.
   *
   * @param due what the manifest says when nothing changes: why a rotation is due, else that it was
   *     asked for
   */
  public static RotationReason reason(List<Change> changes, RotationReason due) {
    if (changes.stream().anyMatch(Change.Remove.class::isInstance)) {
      return RotationReason.MEMBER_REMOVED;
    }
    if (changes.stream().anyMatch(Change.Add.class::isInstance)) {
      return RotationReason.MEMBER_JOINED;
    }
    return changes.isEmpty() ? due : RotationReason.MANUAL;
  }

  /** Every device of every list, ascending by address. */
  public static List<RosterEntry> roster(Collection<DeviceList> lists) {
    return lists.stream()
        .flatMap(list -> entries(list).stream())
        .sorted(Comparator.comparing(RosterEntry::address))
        .toList();
  }

  static List<RosterEntry> entries(DeviceList list) {
    return list.devices().stream()
        .map(device -> new RosterEntry(list.member(), list.version(), device))
        .toList();
  }

  private record Applied(Set<MemberId> members) implements Change.Cases<Boolean> {

    @Override
    public Boolean add(Change.Add change) {
      return members.add(change.member());
    }

    @Override
    public Boolean remove(Change.Remove change) {
      return members.remove(change.member());
    }

    @Override
    public Boolean setRole(Change.SetRole change) {
      return members.contains(change.member());
    }
  }
}
