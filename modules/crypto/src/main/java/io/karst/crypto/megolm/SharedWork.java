package io.karst.crypto.megolm;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Performs tasks on the caller's thread and on as many others as an executor lends.
 *
 * <p>Each thread takes the next task that nobody took, so the caller performs all of them if no
 * other thread comes, and never waits for one that did not start: there is no deadlock, not even
 * when the caller runs on the executor itself.
 */
final class SharedWork {

  /** More threads than that have nothing to share of one page. */
  static final int THREADS_MAX = 64;

  private final Executor executor;
  private final int threads;

  SharedWork(Executor executor, int threads) {
    if (threads < 1 || threads > THREADS_MAX) {
      throw new IllegalArgumentException("1 to " + THREADS_MAX + " threads, not " + threads);
    }
    this.executor = executor;
    this.threads = threads;
  }

  /** Returns when all tasks have ended; throws what the first of those that failed has thrown. */
  void perform(List<Runnable> tasks) {
    var run = new Run(tasks);
    int others = Math.min(threads, tasks.size()) - 1;
    for (int i = 0; i < others && isLent(run); i++) {
      // Each turn starts one.
    }
    run.run();
    run.awaitOthers();
  }

  /** Fewer threads only mean that the rest take more tasks each. */
  private boolean isLent(Run run) {
    try {
      executor.execute(run);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Tasks, and how far they are. */
  private static final class Run implements Runnable {

    private final List<Runnable> tasks;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch unfinished;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    Run(List<Runnable> tasks) {
      this.tasks = tasks;
      unfinished = new CountDownLatch(tasks.size());
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
        try {
          tasks.get(i).run();
        } catch (RuntimeException e) {
          failure.compareAndSet(null, e);
        } finally {
          unfinished.countDown();
        }
      }
    }

    /**
     * Each is in the middle of one task; to leave earlier would leave what they work on to them.
     */
    void awaitOthers() {
      boolean interrupted = false;
      while (unfinished.getCount() > 0) {
        try {
          unfinished.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      RuntimeException thrown = failure.get();
      if (thrown != null) {
        throw thrown;
      }
    }
  }
}
