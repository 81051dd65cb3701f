package io.karst.edge.call;

import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;

/** What came in as a request message: the message, or why its bytes are none. */
public sealed interface Arrival<Q> {

  /** The message; throws {@link RefusedException} when there is none. */
  Q message();

  /** A well-formed message. */
  record Parsed<Q>(Q message) implements Arrival<Q> {}

  /** Bytes that are not a message of the expected type, or too many of them. */
  record Unreadable<Q>(Refusal refusal) implements Arrival<Q> {
    @Override
    public Q message() {
      throw refusal.toException();
    }
  }
}
