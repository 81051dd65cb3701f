package io.karst.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when it is told to, and what is to happen in it. One thread. */
final class VirtualTime {

  private static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");

  private final PriorityQueue<Happening> ahead =
      new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparing(Happening::number));
  private Duration now = Duration.ZERO;
  private long count;

  private record Happening(Duration at, long number, Runnable what) {}

  /** A clock that somebody may set wrong. */
  final class WallClock implements InstantSource {

    private Duration error = Duration.ZERO;

    void jump(Duration by) {
      error = error.plus(by);
    }

    /** Sets it right. */
    void correct() {
      error = Duration.ZERO;
    }

    @Override
    public Instant instant() {
      return BEGINNING.plus(now).plus(error);
    }
  }

  WallClock clock() {
    return new WallClock();
  }

  /** What is due at the same moment happens in the order in which it was asked for. */
  void after(Duration delay, Runnable what) {
    Duration due = delay.isNegative() ? Duration.ZERO : delay;
    ahead.add(new Happening(now.plus(due), count++, what));
  }

  /** Lets time pass, and all happen that is due in it. */
  void pass(Duration time) {
    Duration until = now.plus(time);
    while (!ahead.isEmpty() && ahead.peek().at().compareTo(until) <= 0) {
      Happening next = ahead.remove();
      now = next.at();
      next.what().run();
    }
    now = until;
  }

  Duration now() {
    return now;
  }

  /** The same, as clocks that know no date tell it. */
  long nanos() {
    return now.toNanos();
  }

  /** How many things have happened or lie ahead: the same in each run of a seed. */
  long count() {
    return count;
  }
}
