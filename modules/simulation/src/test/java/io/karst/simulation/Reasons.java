package io.karst.simulation;

import io.karst.domain.access.UnreadableReason;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.DeviceAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Why a device cannot read what stands at a place, obviously right: the reasons of which whoever is
 * asked must name one, once everything that was sealed has been delivered and acknowledged.
 */
final class Reasons {

  private final Truth truth;
  private final Witness witness;
  private final Set<DeviceAddress> devices;

  /** {@code devices} are those that their members have now. */
  Reasons(Truth truth, Witness witness, Set<DeviceAddress> devices) {
    this.truth = truth;
    this.witness = witness;
    this.devices = Set.copyOf(devices);
  }

  /** What a device may tell its application when it is shown an envelope; none if it must read. */
  Set<UnreadableReason> told(DeviceAddress device, long offset) {
    return Optional.ofNullable(truth.envelopes().get(offset))
        .filter(envelope -> !truth.mayRead(device, envelope))
        .map(envelope -> told(device, envelope))
        .orElse(Set.of());
  }

  /**
   * Of an epoch before its first that somebody shared, a device has no roster when it passes by: it
   * cannot tell whether its member was in it.
   */
  private Set<UnreadableReason> told(DeviceAddress device, Envelope envelope) {
    if (truth.mayRead(device.member(), envelope)) {
      return Set.of(UnreadableReason.DEVICE_NOT_IN_ROSTER);
    }
    return truth.grants().wasGivenTo(device.member())
        ? Set.of(UnreadableReason.NOT_A_MEMBER, UnreadableReason.DEVICE_NOT_IN_ROSTER)
        : Set.of(UnreadableReason.NOT_A_MEMBER);
  }

  /**
   * What a device may say that reads the past once more, with keys that others gave: who gave them
   * may not have had all. Where devices forget what they have read, one that learns of an old epoch
   * anew does not know that it ever had the key.
   */
  Set<UnreadableReason> reread(DeviceAddress device, long offset) {
    Envelope envelope = truth.envelopes().get(offset);
    if (envelope == null) {
      return Set.of();
    }
    if (!truth.mayRead(device, envelope)) {
      return Set.of(UnreadableReason.DEVICE_NOT_IN_ROSTER, UnreadableReason.INDEX_TOO_OLD);
    }
    return truth.grants().hasForgotten()
        ? Set.of(
            UnreadableReason.INDEX_TOO_OLD,
            UnreadableReason.SESSION_UNKNOWN,
            UnreadableReason.KEY_NOT_OPENED)
        : Set.of(UnreadableReason.INDEX_TOO_OLD, UnreadableReason.SESSION_UNKNOWN);
  }

  /** What the server may answer when it is asked about an offset. */
  Set<UnreadableReason> asked(DeviceAddress device, long offset) {
    if (offset >= truth.size()) {
      return Set.of(UnreadableReason.NOT_WRITTEN);
    }
    return Optional.ofNullable(truth.envelopes().get(offset))
        .map(envelope -> asked(device, envelope))
        .orElse(Set.of(UnreadableReason.NOT_AN_ENVELOPE));
  }

  private Set<UnreadableReason> asked(DeviceAddress device, Envelope envelope) {
    Optional<Long> given = truth.grants().readsFrom(device.member());
    if (!truth.mayRead(device.member(), envelope) && given.isEmpty()) {
      return Set.of(UnreadableReason.NOT_A_MEMBER);
    }
    if (!truth.members().contains(device.member())) {
      return Set.of(UnreadableReason.MEMBERSHIP_ENDED);
    }
    if (!devices.contains(device)) {
      return Set.of(UnreadableReason.DEVICE_REVOKED);
    }
    if (!truth.mayRead(device, envelope)) {
      return Set.of(given
          .map(first -> envelope.epoch() < first
              ? UnreadableReason.BEFORE_HISTORY_GRANT
              : UnreadableReason.KEY_ACKNOWLEDGED)
          .orElse(UnreadableReason.DEVICE_NOT_IN_ROSTER));
    }
    return witness.hasRunOut(device)
        ? Set.of(UnreadableReason.KEY_ACKNOWLEDGED, UnreadableReason.ONE_TIME_KEYS_EXHAUSTED)
        : Set.of(UnreadableReason.KEY_ACKNOWLEDGED);
  }
}
