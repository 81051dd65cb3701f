package io.karst.edge.status;

import io.karst.domain.refusal.Reason;

/**
 * Carries a refusal through code that returns something else. Has no stack trace: it is an answer,
 * not a bug.
 */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public RefusedException(Refusal refusal) {
    super(refusal.reason().name(), null, false, false);
    this.refusal = refusal;
  }

  public RefusedException(Reason reason) {
    this(Refusal.of(reason));
  }

  public Refusal refusal() {
    return refusal;
  }

  /** The same refusal, of a field that lies inside {@code outer}. */
  public RefusedException inside(String outer) {
    return new RefusedException(refusal.inside(outer));
  }
}
