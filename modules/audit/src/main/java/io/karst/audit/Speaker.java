package io.karst.audit;

import io.karst.domain.epoch.Epoch;
import io.karst.domain.group.Group;
import io.karst.domain.id.DeviceAddress;
import java.time.Instant;
import java.util.Optional;

/** A device that speaks in an epoch of a group at a moment. */
record Speaker(Group group, DeviceAddress device, long epoch, Instant at) {

  /** Why it may not. */
  Optional<Finding> problem() {
    if (group.archived()) {
      return found(FindingCode.ENTRY_AFTER_ARCHIVE, "the group was archived before");
    }
    if (!group.has(device.member())) {
      return found(FindingCode.SENDER_REMOVED, "its member was out of the group before");
    }
    if (group.isOverdue(at) || !group.epoch().isOpen()) {
      return found(FindingCode.ROTATION_OVERDUE, "a new epoch had to begin before");
    }
    Optional<Epoch> accepting = group.epochs().accepting(epoch, at);
    if (accepting.isEmpty()) {
      return found(FindingCode.GRACE_EXCEEDED, "it was not accepted any more");
    }
    return accepting.get().has(device)
        ? Optional.empty()
        : found(FindingCode.SENDER_NOT_IN_ROSTER, "the device is not in its roster");
  }

  private Optional<Finding> found(FindingCode code, String why) {
    String sentence = "%s speaks in epoch %d, but %s.".formatted(device, epoch, why);
    return Optional.of(new Finding(group.size(), code, sentence));
  }
}
