package io.karst.client.session;

import java.time.Duration;
import java.time.Instant;

/** How many keys a device keeps on the server, and for how long. */
public final class KeySupply {

  /**
   * With fewer on the server, more are made: each new peer takes one, and a group of many takes
   * many at once.
   */
  public static final int SERVER_MIN = 50;

  /** As many as the server holds for a device. */
  public static final int SERVER_MAX = 100;

  /** As many as one call takes. */
  public static final int UPLOAD_MAX = 100;

  /** A fallback key serves many: it is drawn anew so that a stolen one opens little. */
  public static final Duration FALLBACK_AGE_MAX = Duration.ofDays(7);

  private KeySupply() {}

  /**
   * How many one-time keys to draw.
   *
   * @param onServer how many the server holds
   * @param unpublished how many were drawn that it does not have yet
   */
  public static int toDraw(int onServer, int unpublished) {
    boolean enough = onServer + unpublished >= SERVER_MIN;
    return enough ? 0 : Math.max(0, SERVER_MAX - onServer - unpublished);
  }

  /**
   * Whether a fallback key was in use for long enough; one that stood in for lack of others was.
   */
  public static boolean isFallbackSpent(int onServer, Instant since, Instant now) {
    return onServer == 0 || !now.isBefore(since.plus(FALLBACK_AGE_MAX));
  }
}
