package io.karst.domain.sender;

import java.util.List;
import java.util.Optional;

/**
 * One device that speaks in a group.
 *
 * <p>Invariant: at most {@value #SESSIONS_MAX} sessions, of different epochs.
 */
public record Sender(List<Session> sessions, RecentEnvelopes recent) {

  /** The current epoch's and, while in grace, the one's before. */
  public static final int SESSIONS_MAX = 2;

  static final Sender NEW = new Sender(List.of(), RecentEnvelopes.NONE);

  public Sender {
    sessions = List.copyOf(sessions);
    if (sessions.size() > SESSIONS_MAX) {
      throw new IllegalArgumentException("at most " + SESSIONS_MAX + " sessions");
    }
  }

  /** The session opened in an epoch. */
  public Optional<Session> session(long epoch) {
    return sessions.stream().filter(session -> session.epoch() == epoch).findFirst();
  }

  Sender withoutSessionsBefore(long epoch) {
    return new Sender(
        sessions.stream().filter(session -> session.epoch() >= epoch).toList(), recent);
  }

  Sender withoutEnvelopesBefore(long offset) {
    return new Sender(sessions, recent.only(envelope -> envelope.offset() >= offset));
  }

  boolean isForgotten() {
    return sessions.isEmpty() && recent.size() == 0;
  }
}
