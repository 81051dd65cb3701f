package io.karst.actors.journal;

import io.karst.domain.refusal.Reason;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets so many reads run at the same time, and so many wait for their turn.
 *
 * <p>Thread-safe. Readers that begin in the past must not crowd out the writers, who share
 * Cassandra and the driver with them.
 */
final class ReadQueue {

  private final int runningMax;
  private final int waitingMax;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  ReadQueue(int runningMax, int waitingMax) {
    this.runningMax = runningMax;
    this.waitingMax = waitingMax;
  }

  /**
   * Runs {@code read} when its turn comes; fails with {@link JournalUnreadable} if too many wait.
   */
  <T> CompletionStage<T> submit(Supplier<CompletionStage<T>> read) {
    var result = new CompletableFuture<T>();
    Runnable task = () -> run(read, result);
    switch (admit(task)) {
      case RUN -> task.run();
      case WAIT -> {}
      case REFUSE ->
        result.completeExceptionally(
            new JournalUnreadable(Reason.OVERLOADED, "too many reads wait"));
    }
    return result;
  }

  private enum Admission {
    RUN,
    WAIT,
    REFUSE
  }

  private synchronized Admission admit(Runnable task) {
    if (running < runningMax) {
      running++;
      return Admission.RUN;
    }
    if (waiting.size() < waitingMax) {
      waiting.add(task);
      return Admission.WAIT;
    }
    return Admission.REFUSE;
  }

  private <T> void run(Supplier<CompletionStage<T>> read, CompletableFuture<T> result) {
    CompletionStage<T> started;
    try {
      started = read.get();
    } catch (RuntimeException e) {
      started = CompletableFuture.failedFuture(e);
    }
    started.whenComplete((value, failure) -> {
      done();
      if (failure == null) {
        result.complete(value);
      } else {
        result.completeExceptionally(failure);
      }
    });
  }

  private void done() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        running--;
      }
    }
    if (next != null) {
      next.run();
    }
  }
}
