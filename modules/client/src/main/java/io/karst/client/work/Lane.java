package io.karst.client.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runs asynchronous pieces of work one after another, each on the device's thread once the one
 * before it has completed.
 *
 * <p>Thread-safe. Its length is bounded by who puts work in: each caller waits for its own before
 * it asks again.
 */
public final class Lane {

  private final DeviceLoop loop;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean busy;

  public Lane(DeviceLoop loop) {
    this.loop = loop;
  }

  /** Puts work at the end. */
  public <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> work) {
    return loop.start(() -> {
      CompletableFuture<T> outcome = new CompletableFuture<>();
      waiting.add(() -> begin(work, outcome));
      next();
      return outcome;
    });
  }

  private <T> void begin(Supplier<CompletableFuture<T>> work, CompletableFuture<T> outcome) {
    var unused = outcome.whenComplete((value, failure) -> loop.execute(this::done));
    Outcomes.follow(work, outcome);
  }

  private void done() {
    busy = false;
    next();
  }

  private void next() {
    if (!busy && !waiting.isEmpty()) {
      busy = true;
      waiting.removeFirst().run();
    }
  }
}
