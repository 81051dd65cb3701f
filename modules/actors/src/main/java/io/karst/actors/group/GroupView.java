package io.karst.actors.group;

import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.EpochFaults;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Group;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.merkle.Head;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A group as its members may see it. Manifests and sealed keys are in its log.
 *
 * @param epoch the current epoch
 * @param epochStartedOffset offset of the entry that started it
 * @param graceEpoch the epoch before, while its envelopes are still accepted; otherwise 0
 * @param due rotations that are due, the earliest deadline first
 * @param openSessions bindings of the sessions of the current epoch and the one before
 * @param delivered every inbox has taken its keys of the epochs up to this one
 * @param readsFrom the first epoch that was shared with a member, of those that something was
 * @param faults which epochs devices refuse, and which ones were given up
 * @param ownerDevices the newest that the log of a member's own devices has noted; none in groups
 */
public record GroupView(
    GroupId group,
    Map<MemberId, Role> members,
    Policy policy,
    long epoch,
    long epochStartedOffset,
    long graceEpoch,
    Head head,
    List<DueRotation> due,
    boolean archived,
    List<SessionBinding> openSessions,
    long delivered,
    Map<MemberId, Long> readsFrom,
    EpochFaults faults,
    Optional<DeviceList> ownerDevices) {

  public GroupView {
    members = Map.copyOf(members);
    due = List.copyOf(due);
    openSessions = List.copyOf(openSessions);
    readsFrom = Map.copyOf(readsFrom);
  }

  static GroupView of(Group group, Head head, Instant now) {
    return new GroupView(
        group.id(),
        group.members(),
        group.policy(),
        group.epoch().number(),
        group.epoch().startedOffset(),
        group.grace(now).map(Epoch::number).orElse(0L),
        head,
        group.due(),
        group.archived(),
        group.openSessions(),
        group.epochs().delivered(),
        group.sharing().readsFrom(),
        group.epochs().faults(),
        group.owner().devices());
  }
}
