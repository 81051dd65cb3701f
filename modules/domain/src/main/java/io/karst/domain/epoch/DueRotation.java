package io.karst.domain.epoch;

import java.time.Instant;

/** Why a new epoch must begin, and from when on envelopes are refused until it does. */
public record DueRotation(RotationReason reason, Instant deadline) {

  public boolean isOverdue(Instant at) {
    return !at.isBefore(deadline);
  }
}
