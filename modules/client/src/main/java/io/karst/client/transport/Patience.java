package io.karst.client.transport;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Which failures are tried again, how often, and after which delays.
 *
 * @param retriesMax -1 for as often as it takes
 */
public record Patience(Predicate<Throwable> again, int retriesMax, Delays delays) {

  /** How long to wait before the next attempt. */
  @FunctionalInterface
  public interface Delays {

    /**
     * The delay after a failure.
     *
     * @param failed attempts so far, at least 1
     * @param drawn a random number, from 0 to 1
     */
    Duration after(int failed, Throwable failure, double drawn);
  }

  /** Delays that are drawn anew each time. */
  public static Delays between(Duration min, Duration max) {
    return (failed, failure, drawn) -> min.plus(part(max.minus(min), drawn));
  }

  static Duration part(Duration whole, double share) {
    return Duration.ofMillis(Math.round(whole.toMillis() * share));
  }
}
