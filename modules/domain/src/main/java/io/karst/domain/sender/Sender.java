package io.karst.domain.sender;

import java.util.List;
import java.util.Optional;

/**
 * One device that speaks in a group.
 *
 * <p>Invariant: at most {@value #SESSIONS_MAX} sessions, of different epochs; at most {@value #RECENT_MAX} recent envelopes,
 * ascending by offset, each client id once.
 */
public record Sender(List<Session> sessions, List<TakenEnvelope> recent) {

  /** The current epoch's and, while in grace, the one's before. */
  public static final int SESSIONS_MAX = 2;

  /**
   * Four frames of envelopes: more than a device has under way without an answer. A later retry is stopped by its
   * message index, so that forgetting never repeats a message.
   */
  public static final int RECENT_MAX = 256;

  static final Sender NEW = new Sender(List.of(), List.of());

  public Sender {
    sessions = List.copyOf(sessions);
    recent = List.copyOf(recent);
    if (sessions.size() > SESSIONS_MAX || recent.size() > RECENT_MAX) {
      throw new IllegalArgumentException("sender out of bounds");
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
    return new Sender(
        sessions,
        recent.stream().filter(envelope -> envelope.offset() >= offset).toList());
  }

  boolean isForgotten() {
    return sessions.isEmpty() && recent.isEmpty();
  }
}
