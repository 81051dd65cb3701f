package io.karst.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All rounds of one contender. Not thread-safe. */
public final class Series {

  private final Contender.Label label;
  private final List<Double> rates = new ArrayList<>();
  private final Latencies latencies = new Latencies();
  private long envelopes;

  Series(Contender.Label label) {
    this.label = label;
  }

  void add(Round round) {
    rates.add(round.rate());
    latencies.addAll(round.latencies());
    envelopes += round.envelopes();
  }

  public Contender.Label label() {
    return label;
  }

  /** Durable envelopes a second, round by round. */
  public List<Double> rates() {
    return List.copyOf(rates);
  }

  public Spread rate() {
    return Spread.of(rates);
  }

  /** How many times as many envelopes a second as {@code other} in the same round. */
  public Spread ratioTo(Series other) {
    return Spread.of(IntStream.range(0, rates.size())
        .mapToObj(i -> rates.get(i) / other.rates.get(i))
        .toList());
  }

  /** Of all rounds. */
  public Latencies latencies() {
    return latencies;
  }

  public long envelopes() {
    return envelopes;
  }
}
