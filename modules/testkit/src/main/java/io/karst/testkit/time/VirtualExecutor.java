package io.karst.testkit.time;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The one thread of a process, in virtual time. Once it is killed, nothing runs any more. */
public final class VirtualExecutor extends AbstractExecutorService
    implements ScheduledExecutorService {

  private final VirtualTime time;
  private boolean dead;

  /** A process that begins now. */
  public VirtualExecutor(VirtualTime time) {
    this.time = time;
  }

  /** Nothing of what is left happens any more. */
  public void kill() {
    dead = true;
  }

  public boolean isDead() {
    return dead;
  }

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
    Duration after = Duration.of(delay, unit.toChronoUnit());
    Task<V> task = new Task<>(work, time.now().plus(after));
    later(after, task);
    return task;
  }

  private void later(Duration delay, Runnable work) {
    time.after(delay, () -> {
      if (!dead) {
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
    kill();
  }

  @Override
  public List<Runnable> shutdownNow() {
    kill();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return dead;
  }

  @Override
  public boolean isTerminated() {
    return dead;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return dead;
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

    private final Duration at;

    Task(Callable<V> work, Duration at) {
      super(work);
      this.at = at;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at.minus(time.now()));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
