package io.karst.client.api;

/**
 * Why the SDK could not do what it was asked to do.
 *
 * <p>Of four kinds: the server refused, what it said does not verify, what it said cannot be read,
 * or the caller made a mistake. Asynchronous calls complete exceptionally with one of these.
 */
public abstract sealed class KarstException extends RuntimeException
    permits ServerRefusal, SecurityViolation, BadAnswer, LocalMistake {

  private static final long serialVersionUID = 1L;

  KarstException(String message) {
    super(message);
  }

  KarstException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Calls the one case that matches. */
  public abstract <R> R match(Cases<R> cases);

  /** One method for each kind. */
  public interface Cases<R> {
    R refused(ServerRefusal refusal);

    R insecure(SecurityViolation violation);

    R badAnswer(BadAnswer answer);

    R mistake(LocalMistake mistake);
  }
}
