package io.karst.domain.group;

import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.RotationReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When a policy makes a rotation due by itself, and what follows from one that is due.
 *
 * <p>Judged when a group is used, so that a sleeping group needs no timer.
 */
final class RotationTriggers {

  /** From the refusal of an epoch until the group insists on another. */
  private static final Duration REFUSED_NOTICE = Duration.ofMinutes(1);

  private RotationTriggers() {}

  /** The rotation that a device asks for by refusing the current epoch. */
  static GroupEvent.RotationDue refused(Instant at) {
    return new GroupEvent.RotationDue(RotationReason.MANUAL, at.plus(REFUSED_NOTICE), at);
  }

  /** The rotations that have become due and are not in the log yet. */
  static List<GroupEvent> pulled(Group group, Instant at) {
    Epoch epoch = group.epoch();
    var events = new ArrayList<GroupEvent>();
    if (!group.isDue(RotationReason.AGE) && isAged(group, at)) {
      Instant deadline = group.policy().ageDeadline(epoch.startedAt());
      events.add(new GroupEvent.RotationDue(RotationReason.AGE, deadline, at));
    }
    if (!group.isDue(RotationReason.VOLUME) && isFull(group)) {
      Instant deadline = group.policy().volumeDeadline(at);
      events.add(new GroupEvent.RotationDue(RotationReason.VOLUME, deadline, at));
    }
    return events;
  }

  /** Whether a recorded rotation was due for its reason, with its deadline. */
  static boolean justify(Group group, GroupEvent.RotationDue event) {
    Policy policy = group.policy();
    return switch (event.reason()) {
      case MEMBER_LEFT, COMPROMISE, DEVICE_REMOVED -> group.isDue(event.reason());
      case AGE ->
        isAged(group, event.at())
            && event.deadline().equals(policy.ageDeadline(group.epoch().startedAt()));
      case VOLUME -> isFull(group) && event.deadline().equals(policy.volumeDeadline(event.at()));
      case DEVICE_ADDED ->
        !group.isDue(RotationReason.DEVICE_ADDED)
            && event.deadline().equals(policy.deviceDeadline(event.at()));
      case MANUAL ->
        group.due().isEmpty()
            && group.epochs().faults().isRefused(group.epoch().number())
            && event.equals(refused(event.at()));
      case CREATED, MEMBER_JOINED, MEMBER_REMOVED, RESET -> false;
    };
  }

  /** Until when envelopes of an epoch that ends at a moment are accepted. */
  static Instant graceUntil(Group group, Instant at) {
    return group.isDue(RotationReason.COMPROMISE) ? at : at.plus(group.policy().grace());
  }

  private static boolean isAged(Group group, Instant at) {
    return !at.isBefore(group.policy().ageDue(group.epoch().startedAt()));
  }

  private static boolean isFull(Group group) {
    return group.epoch().messages()
        >= group.policy().messagesMax(group.members().size());
  }
}
