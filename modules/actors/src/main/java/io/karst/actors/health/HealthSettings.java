package io.karst.actors.health;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How a node's health is judged.
 *
 * @param interval between the end of a probe of the journal and the next one
 * @param timeout after which a probe has failed
 * @param failuresMax probes that may fail in a row before the node counts as unhealthy
 */
public record HealthSettings(Duration interval, Duration timeout, int failuresMax) {

  public HealthSettings {
    if (interval.isNegative() || interval.isZero() || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("health intervals are positive");
    }
    if (failuresMax < 1) {
      throw new IllegalArgumentException("health needs a failure at least");
    }
  }

  /** Reads {@code karst.actors.health}. */
  public static HealthSettings from(Config config) {
    return new HealthSettings(
        config.getDuration("interval"),
        config.getDuration("timeout"),
        config.getInt("failures-max"));
  }
}
