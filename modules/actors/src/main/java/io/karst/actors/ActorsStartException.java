package io.karst.actors;

/** Why the actors cannot start, in words for whoever operates the deployment. */
public final class ActorsStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For those who check one precondition of the start. */
  public ActorsStartException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Where nothing threw. */
  public ActorsStartException(String message) {
    super(message);
  }
}
