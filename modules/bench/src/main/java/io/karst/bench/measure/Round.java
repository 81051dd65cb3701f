package io.karst.bench.measure;

/**
 * What one contender did in one round: envelopes that are durable, and the time until the last
 * answer.
 */
public final class Round {

  private static final double NANOS_A_SECOND = 1e9;

  private final long envelopes;
  private final long nanos;
  private final Latencies latencies;

  public Round(long envelopes, long nanos, Latencies latencies) {
    this.envelopes = envelopes;
    this.nanos = Math.max(1, nanos);
    this.latencies = latencies;
  }

  public long envelopes() {
    return envelopes;
  }

  /** Durable envelopes a second. */
  public double rate() {
    return envelopes * NANOS_A_SECOND / nanos;
  }

  public Latencies latencies() {
    return latencies;
  }
}
