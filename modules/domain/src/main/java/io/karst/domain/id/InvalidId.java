package io.karst.domain.id;

import io.karst.domain.refusal.Reason;

/** Text or bytes that are not a valid identifier. Its message repeats nothing of the input. */
public final class InvalidId extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  InvalidId(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
