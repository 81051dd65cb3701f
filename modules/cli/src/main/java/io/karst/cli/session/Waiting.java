package io.karst.cli.session;

import io.karst.cli.CommandFailure;
import io.karst.cli.profile.Endpoint;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the server's answers, and says plainly when there are none.
 *
 * @param timeout longest wait for one answer
 */
public record Waiting(Endpoint endpoint, Duration timeout) {

  /** Answers the result; throws what the future failed with. */
  public <T> T until(CompletableFuture<T> future) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw CommandFailure.unreachable(
          "no answer from the server at " + endpoint + " within " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unreachable("interrupted");
    }
  }

  private RuntimeException failure(Throwable cause) {
    if (cause instanceof ServerRefusal refusal && refusal.reason() == Reason.UNAVAILABLE) {
      return CommandFailure.unreachable(
          "cannot reach the server at " + endpoint + " (start one with karst up)");
    }
    return cause instanceof RuntimeException failure ? failure : new CompletionException(cause);
  }
}
