package io.karst.client.transport;

import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
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

  /** Devices that lost the same server do not come back at the same moment. */
  private static final double JITTER = 0.3;

  /** The last two: the next call draws a new token. */
  private static final Set<Reason> PASSING = EnumSet.of(
      Reason.UNAVAILABLE,
      Reason.OVERLOADED,
      Reason.DEADLINE_EXCEEDED,
      Reason.UNAUTHENTICATED,
      Reason.TOKEN_EXPIRED);

  private Retries() {}

  /** For calls that somebody waits for. */
  public static <T> RetryPolicy<T> ofCalls() {
    return Retries.<T>policy(CALL_DELAY_MAX).withMaxRetries(CALL_RETRIES_MAX).build();
  }

  /** For work that must be done some day: what is in the outbox, what is in the inbox. */
  public static <T> RetryPolicy<T> untilDone() {
    return Retries.<T>policy(WORK_DELAY_MAX).withMaxRetries(-1).build();
  }

  /** For the device's stream, which is opened again whatever ended it. */
  public static <T> RetryPolicy<T> ofStreams() {
    return RetryPolicy.<T>builder()
        .handleIf(failure -> !isClosed(failure))
        .withBackoff(DELAY_MIN, WORK_DELAY_MAX)
        .withJitter(JITTER)
        .withMaxRetries(-1)
        .build();
  }

  /** Whether the device was closed. */
  public static boolean isClosed(Throwable failure) {
    return Failures.of(failure) instanceof LocalMistake mistake
        && mistake.kind() == LocalMistake.Kind.CLOSED;
  }

  /** Whether the same call may succeed later. */
  public static boolean isPassing(Throwable failure) {
    return Failures.of(failure) instanceof ServerRefusal refusal
        && PASSING.contains(refusal.reason());
  }

  private static <T> RetryPolicyBuilder<T> policy(Duration delayMax) {
    return RetryPolicy.<T>builder()
        .handleIf(Retries::isPassing)
        .withBackoff(DELAY_MIN, delayMax)
        .withJitter(JITTER)
        .withDelayFnOn(context -> asked(context.getLastException(), delayMax), ServerRefusal.class);
  }

  /** What the server asks for, within bounds; negative leaves it to the backoff. */
  private static Duration asked(Throwable failure, Duration delayMax) {
    Duration asked =
        failure instanceof ServerRefusal refusal ? refusal.retryAfter() : Duration.ZERO;
    if (asked.isZero()) {
      return Duration.ofMillis(-1);
    }
    return asked.compareTo(delayMax) < 0 ? asked : delayMax;
  }
}
