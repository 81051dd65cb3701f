package io.karst.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers of what is tested. */
public final class Answers {

  private Answers() {}

  /**
   * What a future holds. Throws the runtime exception that it failed with as it is, and
   * {@link AssertionError} when there is no answer in time.
   */
  public static <T> T of(CompletableFuture<T> future, long waitSecondsMax) {
    try {
      return future.get(waitSecondsMax, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in " + waitSecondsMax + " s", e);
    }
  }
}
