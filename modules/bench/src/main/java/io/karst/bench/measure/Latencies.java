package io.karst.bench.measure;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Times from sending to the answer, in microseconds and to three digits. Thread-safe. */
public final class Latencies {

  /** Longer than any answer takes before the run is given up. */
  private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(2);

  private static final int DIGITS = 3;

  private final Histogram micros = new ConcurrentHistogram(MICROS_MAX, DIGITS);

  /** Adds one time, in nanoseconds. */
  public void add(long nanos) {
    long rounded = TimeUnit.NANOSECONDS.toMicros(nanos);
    micros.recordValue(Math.max(0, Math.min(rounded, MICROS_MAX)));
  }

  void addAll(Latencies others) {
    micros.add(others.micros);
  }

  /** Milliseconds that so many percent of the times stay below. */
  public double millis(double percent) {
    return micros.getValueAtPercentile(percent) / 1000.0;
  }
}
