package io.karst.domain.id;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.refusal.Reason;

/** Chosen by the sending device for one message, 1 to 64 bytes: a retry carries the same one. */
public record ClientId(Bytes value) {

  public static final int LENGTH_MAX = 64;

  /** Throws {@link InvalidId}. */
  public ClientId {
    if (value.isEmpty()) {
      throw new InvalidId(Reason.ID_EMPTY, "client id is empty");
    }
    if (value.length() > LENGTH_MAX) {
      throw new InvalidId(Reason.ID_TOO_LONG, "client id has more than " + LENGTH_MAX + " bytes");
    }
  }
}
