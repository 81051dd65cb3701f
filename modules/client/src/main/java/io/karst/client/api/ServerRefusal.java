package io.karst.client.api;

import io.karst.domain.refusal.Reason;
import java.time.Duration;

/** The server refused, for one of the reasons that {@code proto/README.md} lists. */
public final class ServerRefusal extends KarstException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final Duration retryAfter;

  public ServerRefusal(Reason reason) {
    this(reason, Duration.ZERO);
  }

  public ServerRefusal(Reason reason, Duration retryAfter) {
    super("the server refused: " + reason);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  public Reason reason() {
    return reason;
  }

  /** How long the server asks to wait before a repetition; zero when it does not say. */
  public Duration retryAfter() {
    return retryAfter;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.refused(this);
  }
}
