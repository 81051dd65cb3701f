package io.karst.actors.group;

import com.typesafe.config.Config;
import io.karst.actors.entity.EntitySettings;
import java.time.Duration;

/**
 * How groups' entities are run.
 *
 * @param tellingMax members that one group tells of new keys at the same time
 * @param answerTimeout after which a member that did not answer gives way to others
 * @param retryMin delay before a member that did not answer is told again; doubled each time
 * @param retryMax longest such delay
 */
public record GroupSettings(
    EntitySettings entity,
    int tellingMax,
    Duration answerTimeout,
    Duration retryMin,
    Duration retryMax) {

  /** Enough for any delay to become the longest one, and few enough not to overflow. */
  private static final int DOUBLINGS_MAX = 16;

  public GroupSettings {
    if (tellingMax < 1 || retryMin.isNegative() || retryMin.compareTo(retryMax) > 0) {
      throw new IllegalArgumentException("fan-out settings are out of bounds");
    }
  }

  /** Reads {@code karst.actors}. */
  public static GroupSettings from(Config config) {
    Config fanOut = config.getConfig("fan-out");
    return new GroupSettings(
        EntitySettings.from(config, "group"),
        fanOut.getInt("parallelism"),
        fanOut.getDuration("answer-timeout"),
        fanOut.getDuration("min-backoff"),
        fanOut.getDuration("max-backoff"));
  }

  /** How long to wait after so many fruitless attempts, 0 after the first. */
  Duration retryDelay(int doublings) {
    Duration delay = retryMin.multipliedBy(1L << Math.min(doublings, DOUBLINGS_MAX));
    return delay.compareTo(retryMax) < 0 ? delay : retryMax;
  }
}
