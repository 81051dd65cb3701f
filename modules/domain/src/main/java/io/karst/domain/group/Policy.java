package io.karst.domain.group;

import java.time.Duration;

/**
 * What a group's rules are tuned to. The grace is 0 to 10 minutes, in whole milliseconds as it is
 * stored.
 */
public record Policy(Duration grace) {

  /**
   * Longer, and a removed epoch lives on; shorter than a round trip, and senders repeat themselves.
   */
  public static final Duration GRACE_MAX = Duration.ofMinutes(10);

  public static final Policy DEFAULT = new Policy(Duration.ofSeconds(30));

  public Policy {
    if (grace.isNegative() || grace.compareTo(GRACE_MAX) > 0 || !isWholeMillis(grace)) {
      throw new IllegalArgumentException("grace is 0 to 10 minutes, in whole milliseconds");
    }
  }

  private static boolean isWholeMillis(Duration duration) {
    return Duration.ofMillis(duration.toMillis()).equals(duration);
  }
}
