package io.karst.bench.raw;

import com.google.protobuf.ByteString;
import io.karst.bench.envelope.EnvelopeSource;
import io.karst.bench.measure.Contender;
import io.karst.bench.measure.Latencies;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import io.karst.bench.measure.Round;
import io.karst.domain.id.DeviceAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Cassandra's driver writing envelopes as rows, with nothing between it and Cassandra. */
public final class RowLoad implements Contender {

  /** Longer than the driver's own timeout. */
  private static final int DRAIN_SECONDS_MAX = 90;

  /** Envelopes of a packed row. */
  public static final int PACKED = 64;

  private static final int SESSION_ID_LENGTH = 32;

  private final Label label;
  private final ScratchKeyspace keyspace;
  private final List<RowWriter> writers;

  private RowLoad(Label label, ScratchKeyspace keyspace, List<RowWriter> writers) {
    this.label = label;
    this.keyspace = keyspace;
    this.writers = List.copyOf(writers);
  }

  /**
   * One row an envelope.
   *
   * @param payload bytes of plaintext that an envelope would have
   * @param inFlight statements whose answers are awaited at a time
   */
  public static RowLoad single(
      ScratchKeyspace keyspace, int payload, int inFlight, SplittableRandom random) {
    var label = new Label("raw-rows", "raw driver, a row each", "statement");
    return new RowLoad(label, keyspace, writers(1, payload, inFlight, random));
  }

  /** {@value #PACKED} envelopes a row; otherwise as {@link #single}. */
  public static RowLoad packed(
      ScratchKeyspace keyspace, int payload, int inFlight, SplittableRandom random) {
    var label = new Label("raw-packed-rows", "raw driver, " + PACKED + " a row", "statement");
    return new RowLoad(label, keyspace, writers(PACKED, payload, inFlight, random));
  }

  @Override
  public Label label() {
    return label;
  }

  @Override
  public Round run(Duration time) throws LoadFailure, InterruptedException {
    var latencies = new Latencies();
    List<RowWriter.Run> runs = new ArrayList<>();
    long begun = System.nanoTime();
    for (RowWriter writer : writers) {
      runs.add(writer.begin(keyspace, begun + time.toNanos(), latencies));
    }
    try {
      CompletableFuture.allOf(
              runs.stream().map(RowWriter.Run::ended).toArray(CompletableFuture<?>[]::new))
          .get(time.toSeconds() + DRAIN_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new LoadFailure(Kind.UNREACHABLE, "Cassandra does not answer");
    } catch (ExecutionException e) {
      throw ScratchKeyspace.failure(e);
    }
    long ended = runs.stream().mapToLong(RowWriter.Run::lastAnswer).max().orElse(begun);
    long envelopes = runs.stream().mapToLong(RowWriter.Run::envelopes).sum();
    return new Round(envelopes, ended - begun, latencies);
  }

  /**
   * A chain for each statement under way, so that the next one leaves from where its predecessor's
   * answer arrives.
   */
  private static List<RowWriter> writers(
      int packed, int payload, int inFlight, SplittableRandom random) {
    List<RowWriter> writers = new ArrayList<>();
    for (int i = 0; i < inFlight; i++) {
      var address = DeviceAddress.of("load-" + i, "raw");
      byte[] sessionId = new byte[SESSION_ID_LENGTH];
      random.nextBytes(sessionId);
      var source =
          new EnvelopeSource(address, ByteString.copyFrom(sessionId), payload, random.split());
      writers.add(new RowWriter("packed-" + packed + "-" + i, packed, source));
    }
    return writers;
  }
}
