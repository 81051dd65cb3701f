package io.karst.domain.sender;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.ClientId;
import java.time.Instant;

/** What is remembered of an envelope in the log, to answer a retry with the first receipt. */
public record TakenEnvelope(
    ClientId clientId, Bytes sessionId, long messageIndex, long offset, Instant acceptedAt) {

  /** Whether it is that very message: a client id stands for one message only. */
  public boolean is(Bytes otherSessionId, long otherMessageIndex) {
    return messageIndex == otherMessageIndex && sessionId.equals(otherSessionId);
  }
}
