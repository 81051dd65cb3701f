package io.karst.simulation;

import io.karst.domain.access.UnreadableReason;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.DeviceAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Why a device cannot read what stands at a place, obviously right: the reasons of which the server
 * must name one, once everything that was sealed has been delivered and acknowledged.
 */
final class Reasons {

  private final Truth truth;
  private final Witness witness;

  Reasons(Truth truth, Witness witness) {
    this.truth = truth;
    this.witness = witness;
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
    if (!truth.mayRead(device, envelope)) {
      return Set.of(UnreadableReason.NOT_A_MEMBER);
    }
    if (!truth.members().contains(device.member())) {
      return Set.of(UnreadableReason.MEMBERSHIP_ENDED);
    }
    return witness.hasRunOut(device)
        ? Set.of(UnreadableReason.KEY_ACKNOWLEDGED, UnreadableReason.ONE_TIME_KEYS_EXHAUSTED)
        : Set.of(UnreadableReason.KEY_ACKNOWLEDGED);
  }
}
