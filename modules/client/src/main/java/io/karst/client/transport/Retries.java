package io.karst.client.transport;

import io.karst.client.api.LocalMistake;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** When a call that failed is made again. */
public final class Retries {

  /** Together about half a minute: a person waits for the answer. */
  public static final int CALL_RETRIES_MAX = 8;

  private static final Duration DELAY_MIN = Duration.ofMillis(100);
  private static final Duration CALL_DELAY_MAX = Duration.ofSeconds(5);
  private static final Duration WORK_DELAY_MAX = Duration.ofSeconds(30);

  /** Doublings of the shortest delay that are enough to reach the longest. */
  private static final int DOUBLINGS_MAX = 16;

  /** Devices that lost the same server do not come back at the same moment. */
  private static final double JITTER = 0.3;

  private static final int UNBOUNDED = -1;

  /** The last two: the next call draws a new token. */
  private static final Set<Reason> PASSING = EnumSet.of(
      Reason.UNAVAILABLE,
      Reason.OVERLOADED,
      Reason.DEADLINE_EXCEEDED,
      Reason.UNAUTHENTICATED,
      Reason.TOKEN_EXPIRED);

  private Retries() {}

  /** For calls that somebody waits for. */
  public static Patience ofCalls() {
    return new Patience(Retries::isPassing, CALL_RETRIES_MAX, asked(CALL_DELAY_MAX));
  }

  /** For work that must be done some day: what is in the outbox, what is in the inbox. */
  public static Patience untilDone() {
    return new Patience(Retries::isPassing, UNBOUNDED, asked(WORK_DELAY_MAX));
  }

  /** For the device's stream, which is opened again whatever ended it. */
  public static Patience ofStreams() {
    return new Patience(failure -> !isClosed(failure), UNBOUNDED, growing(WORK_DELAY_MAX));
  }

  /** Whether the device was closed. */
  public static boolean isClosed(Throwable failure) {
    return Failures.of(failure) instanceof LocalMistake mistake
        && mistake.kind() == LocalMistake.Kind.CLOSED;
  }

  /** Whether the server did not take the token: the next call draws a new one. */
  public static boolean isTokenRefused(Throwable failure) {
    return Failures.of(failure) instanceof ServerRefusal refusal
        && (refusal.reason() == Reason.UNAUTHENTICATED || refusal.reason() == Reason.TOKEN_EXPIRED);
  }

  /** Whether the same call may succeed later. */
  public static boolean isPassing(Throwable failure) {
    return Failures.of(failure) instanceof ServerRefusal refusal
        && PASSING.contains(refusal.reason());
  }

  /** As long as the server asks for, within bounds; if it does not ask, longer each time. */
  private static Patience.Delays asked(Duration max) {
    Patience.Delays otherwise = growing(max);
    return (failed, failure, drawn) -> {
      Duration asked = Failures.of(failure) instanceof ServerRefusal refusal
          ? refusal.retryAfter()
          : Duration.ZERO;
      return asked.isZero()
          ? otherwise.after(failed, failure, drawn)
          : asked.compareTo(max) < 0 ? asked : max;
    };
  }

  private static Patience.Delays growing(Duration max) {
    return (failed, failure, drawn) -> {
      Duration doubled = DELAY_MIN.multipliedBy(1L << Math.min(failed - 1, DOUBLINGS_MAX));
      Duration bounded = doubled.compareTo(max) < 0 ? doubled : max;
      return Patience.part(bounded, 1 - JITTER + 2 * JITTER * drawn);
    };
  }
}
