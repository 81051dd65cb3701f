package io.karst.actors.feed;

import com.typesafe.config.Config;
import java.time.Duration;

/** How often feeds renew what they follow, and how long they live unread. */
public record FeedSettings(Duration renewInterval, Duration idleTimeout) {

  public FeedSettings {
    if (renewInterval.isNegative() || renewInterval.isZero() || idleTimeout.isNegative()) {
      throw new IllegalArgumentException("feed intervals are positive");
    }
  }

  /** Reads {@code karst.actors.feed}. */
  public static FeedSettings from(Config config) {
    return new FeedSettings(
        config.getDuration("renew-interval"), config.getDuration("idle-timeout"));
  }

  int idleTicks() {
    return (int) Math.max(1, idleTimeout.dividedBy(renewInterval));
  }
}
