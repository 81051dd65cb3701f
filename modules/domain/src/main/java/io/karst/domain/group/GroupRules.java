package io.karst.domain.group;

import static io.karst.domain.group.Decision.accept;
import static io.karst.domain.group.Decision.refuse;

import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.owner.OwnerLog;
import io.karst.domain.refusal.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides commands to one group at one moment. Reads nothing else, changes nothing.
 *
 * <p>Refusals are tried in one order: whether the caller may know the group, whether it still takes
 * anything, the caller's role, the epoch, and the content last. Decisions are dated in whole
 * milliseconds, as the journal stores them, and never before the newest entry, even when the clock
 * was set back.
 */
public final class GroupRules implements GroupCommand.Cases<Decision> {

  private final Group group;
  private final Instant at;

  private GroupRules(Group group, Instant at) {
    this.group = group;
    this.at = at;
  }

  public static Decision decide(Group group, GroupCommand command, Instant now) {
    Instant millis = now.truncatedTo(ChronoUnit.MILLIS);
    Instant at = millis.isBefore(group.lastAt()) ? group.lastAt() : millis;
    return command.match(new GroupRules(group, at));
  }

  /**
   * Why a device may not act on a group at all. Somebody outside cannot tell whether the group
   * exists.
   */
  static Optional<Reason> closedTo(DeviceAddress by, Group group) {
    if (!group.has(by.member())) {
      return Optional.of(Reason.GROUP_NOT_FOUND);
    }
    if (group.revoked().contains(by)) {
      return Optional.of(Reason.DEVICE_REVOKED);
    }
    return group.archived() ? Optional.of(Reason.GROUP_ARCHIVED) : Optional.empty();
  }

  @Override
  public Decision create(GroupCommand.Create command) {
    return new CreateRules(group, command, at).decide();
  }

  @Override
  public Decision commit(GroupCommand.Commit command) {
    return new CommitRules(group, command, at).decide();
  }

  @Override
  public Decision leave(GroupCommand.Leave command) {
    DeviceAddress by = command.by();
    Optional<Reason> closed = closedTo(by, group);
    if (closed.isPresent()) {
      return refuse(closed.get());
    }
    if (group.members().size() == 1) {
      return accept(new GroupEvent.MemberLeft(by, at), new GroupEvent.GroupArchived(by, at));
    }
    if (group.isOnlyOwner(by.member())) {
      return refuse(Reason.LAST_OWNER);
    }
    return accept(
        new GroupEvent.MemberLeft(by, at),
        new GroupEvent.RotationDue(RotationReason.MEMBER_LEFT, at, at));
  }

  /** Any member may say so; saying it again before the group has rotated changes nothing. */
  @Override
  public Decision reportCompromise(GroupCommand.ReportCompromise command) {
    Optional<Reason> closed = closedTo(command.by(), group);
    if (closed.isPresent()) {
      return refuse(closed.get());
    }
    return group.isDue(RotationReason.COMPROMISE)
        ? accept()
        : accept(
            new GroupEvent.CompromiseReported(command.by(), at),
            new GroupEvent.RotationDue(RotationReason.COMPROMISE, at, at));
  }

  /**
   * Each device says so once of an epoch; that the group rotates soon is all that it brings about.
   * A rotation that is due already is enough.
   */
  @Override
  public Decision reportEpochRefused(GroupCommand.ReportEpochRefused command) {
    Optional<Reason> closed = closedTo(command.by(), group);
    if (closed.isPresent()) {
      return refuse(closed.get());
    }
    Optional<Epoch> epoch = group.epochs().remembered(command.epoch());
    if (epoch.isEmpty()) {
      return refuse(Reason.EPOCH_UNKNOWN);
    }
    if (!epoch.get().has(command.by())) {
      return refuse(Reason.DEVICE_NOT_IN_ROSTER);
    }
    if (group.epochs().faults().isRefused(command.epoch(), command.by())) {
      return accept();
    }
    var refused = new GroupEvent.EpochRefused(command.by(), command.epoch(), at);
    return epoch.get().isOpen() && group.due().isEmpty()
        ? accept(refused, RotationTriggers.refused(at))
        : accept(refused);
  }

  /** A policy that the group has already is no change. */
  @Override
  public Decision setPolicy(GroupCommand.SetPolicy command) {
    Optional<Reason> closed = closedTo(command.by(), group);
    if (closed.isPresent()) {
      return refuse(closed.get());
    }
    if (!group.isAllowed(command.by().member(), Role.ADMIN)) {
      return refuse(Reason.ROLE_REQUIRED);
    }
    return command.policy().equals(group.policy())
        ? accept()
        : accept(new GroupEvent.PolicyChanged(command.by(), command.policy(), at));
  }

  @Override
  public Decision shareHistory(GroupCommand.ShareHistory command) {
    return closedTo(command.share().by(), group)
        .or(() -> ShareRules.problem(group, command.share()))
        .map(Decision::refuse)
        .orElseGet(() -> accept(new GroupEvent.HistoryShared(command.share(), at)));
  }

  @Override
  public Decision archive(GroupCommand.Archive command) {
    Optional<Reason> closed = closedTo(command.by(), group);
    if (closed.isPresent()) {
      return refuse(closed.get());
    }
    return group.members().get(command.by().member()) == Role.OWNER
        ? accept(new GroupEvent.GroupArchived(command.by(), at))
        : refuse(Reason.ROLE_REQUIRED);
  }

  @Override
  public Decision append(GroupCommand.Append command) {
    return AppendRules.decide(group, command, at);
  }

  /** Also when the group is archived: its members still read what was sent in the last epochs. */
  @Override
  public Decision markDelivered(GroupCommand.MarkDelivered command) {
    return group.epochs().isNextDelivery(command.epoch())
        ? accept(new GroupEvent.EpochKeysDelivered(command.epoch(), at))
        : accept();
  }

  @Override
  public Decision noteDevices(GroupCommand.NoteDevices command) {
    List<GroupEvent> events = new DeviceNews(group, command.list()).events(at);
    return new Decision.Accepted(events);
  }

  /**
   * Which versions there are is known from the member's actor; whoever looked before another did
   * looks again.
   */
  @Override
  public Decision noteOwnerDevices(GroupCommand.NoteOwnerDevices command) {
    if (group.exists() && !group.owner().isOpen()) {
      return refuse(Reason.GROUP_EXISTS);
    }
    if (!group.owner().devices().equals(command.known())) {
      return refuse(Reason.DEVICE_LIST_STALE);
    }
    OwnerLog log = group.owner();
    var events = new ArrayList<GroupEvent>();
    for (DeviceList list : command.lists()) {
      if (!log.follows(list)) {
        return refuse(Reason.DEVICE_LIST_INVALID);
      }
      log = log.noted(list);
      events.add(new GroupEvent.OwnerDevicesNoted(list, at));
    }
    return new Decision.Accepted(events);
  }
}
