package io.karst.client.work;

import io.karst.client.transport.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Futures that complete with what other futures complete with, without their wrapping. */
public final class Outcomes {

  private Outcomes() {}

  /** Starts {@code work} and completes {@code outcome} as it completes, or fails. */
  public static <T> void follow(Supplier<CompletableFuture<T>> work, CompletableFuture<T> outcome) {
    try {
      var unused = work.get().whenComplete((value, failure) -> {
        if (failure == null) {
          outcome.complete(value);
        } else {
          outcome.completeExceptionally(Failures.of(failure));
        }
      });
    } catch (RuntimeException e) {
      outcome.completeExceptionally(Failures.of(e));
    }
  }
}
