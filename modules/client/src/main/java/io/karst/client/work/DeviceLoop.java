package io.karst.client.work;

import io.karst.client.api.LocalMistake;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns a device: its store, its sessions, its stream. Nothing on it waits for the
 * server.
 *
 * <p>Thread-safe. Once it is closed, everything that was under way fails with {@code CLOSED}.
 */
public final class DeviceLoop implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceLoop.class);

  /** Longer than the longest transaction: a commit of a thousand devices. */
  private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(10);

  private final ScheduledExecutorService executor;
  private final BooleanSupplier current;
  private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
  private final AtomicLong started = new AtomicLong();

  /**
   * A loop over an executor that runs one piece of work at a time.
   *
   * @param current whether the caller is on the executor's thread
   */
  public DeviceLoop(ScheduledExecutorService executor, BooleanSupplier current) {
    this.executor = executor;
    this.current = current;
  }

  /** A loop with a thread of its own. */
  public static DeviceLoop threaded(String name) {
    Set<Thread> own = ConcurrentHashMap.newKeySet();
    var executor = new ScheduledThreadPoolExecutor(1, work -> {
      Thread made = new Thread(work, name);
      made.setDaemon(true);
      own.add(made);
      return made;
    });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return new DeviceLoop(executor, () -> own.contains(Thread.currentThread()));
  }

  /**
   * Runs {@code work} on the thread; throws {@link RejectedExecutionException} when the device is
   * closed.
   */
  @Override
  public void execute(Runnable work) {
    executor.execute(guarded(work));
  }

  /** Runs {@code work} on the thread; drops it when the device is closed. */
  public void post(Runnable work) {
    try {
      execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("work for a closed device is dropped");
    }
  }

  /** Runs {@code work} on the thread, later; drops it when the device is closed. */
  public void schedule(Duration delay, Runnable work) {
    try {
      var unused = executor.schedule(guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("work for a closed device is dropped");
    }
  }

  /** Runs {@code work} on the thread and answers its outcome. */
  public <T> CompletableFuture<T> submit(Supplier<T> work) {
    return start(() -> CompletableFuture.completedFuture(work.get()));
  }

  /** Starts {@code work} on the thread and answers its outcome. */
  public <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> work) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    long number = started.incrementAndGet();
    underWay.put(number, outcome);
    var unused = outcome.whenComplete((value, failure) -> underWay.remove(number));
    try {
      executor.execute(() -> Outcomes.follow(work, outcome));
    } catch (RejectedExecutionException e) {
      outcome.completeExceptionally(closed());
    }
    return outcome;
  }

  /** Whether the caller is on the thread. */
  public boolean isCurrent() {
    return current.getAsBoolean();
  }

  /** Starts the retries of calls. */
  public ScheduledExecutorService scheduler() {
    return executor;
  }

  /** Runs {@code last} on the thread after what is queued, and ends the thread. */
  public void close(Runnable last) {
    post(last);
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("a device's thread did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    underWay.values().forEach(outcome -> outcome.completeExceptionally(closed()));
  }

  private static LocalMistake closed() {
    return new LocalMistake(LocalMistake.Kind.CLOSED, "the device is closed");
  }

  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.error("a device's work failed", e);
      }
    };
  }
}
