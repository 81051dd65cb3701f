package io.karst.client.hand;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Time that passes when a test says so, and what is to happen in it. One thread. */
public final class HandTime implements InstantSource {

  private final PriorityQueue<Happening> ahead =
      new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparing(Happening::number));
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private long count;

  private record Happening(Instant at, long number, Runnable what) {}

  @Override
  public Instant instant() {
    return now;
  }

  /** Lets time pass, and all happen that is due in it. */
  public void pass(Duration time) {
    Instant until = now.plus(time);
    while (!ahead.isEmpty() && !ahead.peek().at().isAfter(until)) {
      Happening next = ahead.remove();
      now = next.at();
      next.what().run();
    }
    now = until;
  }

  /** Lets all happen that is due already, and what follows from it at once. */
  public void settle() {
    pass(Duration.ZERO);
  }

  /** The one thread of a program, until it is shut down. */
  Worker worker() {
    return new Worker();
  }

  private void after(Duration delay, Runnable what) {
    ahead.add(new Happening(now.plus(delay), count++, what));
  }

  /** Runs work in virtual time; of what is left when it ends, nothing happens. */
  final class Worker extends AbstractExecutorService implements ScheduledExecutorService {

    private boolean ended;

    @Override
    public void execute(Runnable work) {
      later(Duration.ZERO, work);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
      return schedule(
          () -> {
            work.run();
            return true;
          },
          delay,
          unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
      Duration after = Duration.of(Math.max(0, delay), unit.toChronoUnit());
      Task<V> task = new Task<>(work, now.plus(after));
      later(after, task);
      return task;
    }

    private void later(Duration delay, Runnable work) {
      after(delay, () -> {
        if (!ended) {
          work.run();
        }
      });
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable work, long first, long period, TimeUnit unit) {
      throw new UnsupportedOperationException("nobody needs it");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable work, long first, long delay, TimeUnit unit) {
      throw new UnsupportedOperationException("nobody needs it");
    }

    @Override
    public void shutdown() {
      ended = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      ended = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return ended;
    }

    @Override
    public boolean isTerminated() {
      return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return ended;
    }
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

    private final Instant at;

    Task(Callable<V> work, Instant at) {
      super(work);
      this.at = at;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(now, at));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
