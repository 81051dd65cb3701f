package io.karst.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time that passes when it is told to, and what is to happen in it; as a source of instants, a
 * clock that is right. One thread.
 */
public final class VirtualTime implements InstantSource {

  private static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");

  private final PriorityQueue<Happening> ahead =
      new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparing(Happening::number));
  private Duration now = Duration.ZERO;
  private long count;

  private record Happening(Duration at, long number, Runnable what) {}

  /** A clock that somebody may set wrong. */
  public final class WallClock implements InstantSource {

    private Duration error = Duration.ZERO;

    /** Sets it wrong, or more so. */
    public void jump(Duration by) {
      error = error.plus(by);
    }

    /** Sets it right. */
    public void correct() {
      error = Duration.ZERO;
    }

    @Override
    public Instant instant() {
      return VirtualTime.this.instant().plus(error);
    }
  }

  @Override
  public Instant instant() {
    return BEGINNING.plus(now);
  }

  /** A clock that is right until it is set. */
  public WallClock clock() {
    return new WallClock();
  }

  /** What is due at the same moment happens in the order in which it was asked for. */
  public void after(Duration delay, Runnable what) {
    Duration due = delay.isNegative() ? Duration.ZERO : delay;
    ahead.add(new Happening(now.plus(due), count++, what));
  }

  /** Lets time pass, and all happen that is due in it. */
  public void pass(Duration time) {
    Duration until = now.plus(time);
    while (!ahead.isEmpty() && ahead.peek().at().compareTo(until) <= 0) {
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

  /** Since the beginning. */
  public Duration now() {
    return now;
  }

  /** The same, as clocks that know no date tell it. */
  public long nanos() {
    return now.toNanos();
  }

  /** How many things have happened or lie ahead: the same in each run of a seed. */
  public long count() {
    return count;
  }
}
