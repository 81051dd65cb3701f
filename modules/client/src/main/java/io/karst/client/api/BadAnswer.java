package io.karst.client.api;

/** The server's answer breaks the protocol's form: a field is missing or out of bounds. */
public final class BadAnswer extends KarstException {

  private static final long serialVersionUID = 1L;

  public BadAnswer(String message) {
    super(message);
  }

  public BadAnswer(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.badAnswer(this);
  }
}
