package io.karst.actors.journal;

import io.karst.domain.refusal.Reason;

/** A journal could not be read now: Cassandra does not answer, or too many reads wait already. */
public final class JournalUnreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  JournalUnreadable(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** {@link Reason#UNAVAILABLE} or {@link Reason#OVERLOADED}. */
  public Reason reason() {
    return reason;
  }
}
