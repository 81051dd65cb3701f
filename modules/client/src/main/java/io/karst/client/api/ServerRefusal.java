package io.karst.client.api;

import io.karst.domain.refusal.Reason;

/** The server refused, for one of the reasons that {@code proto/README.md} lists. */
public final class ServerRefusal extends KarstException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public ServerRefusal(Reason reason, String message) {
    super(message.isEmpty() ? reason.name() : reason + ": " + message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.refused(this);
  }
}
