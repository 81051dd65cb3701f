package io.karst.bench.raw;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.karst.bench.envelope.EnvelopeSource;
import io.karst.bench.measure.Latencies;
import io.karst.wire.v1.AppendRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Writes the rows of one log, one after the other. One run at a time. */
final class RowWriter {

  /** As the journal has them in a partition. */
  private static final long ROWS_OF_A_PART = 2000;

  private final String log;
  private final int packed;
  private final EnvelopeSource source;
  private long rows;

  /** A row holds {@code packed} envelopes of {@code source}. */
  RowWriter(String log, int packed, EnvelopeSource source) {
    this.log = log;
    this.packed = packed;
    this.source = source;
  }

  /** Writes until {@link System#nanoTime()} says {@code end}. */
  Run begin(ScratchKeyspace keyspace, long end, Latencies latencies) {
    var run = new Run(keyspace, end, latencies);
    run.write();
    return run;
  }

  /**
   * One round's writing. One callback follows another; what they counted is read once
   * {@link #ended()} is complete.
   */
  final class Run {

    private final ScratchKeyspace keyspace;
    private final long end;
    private final Latencies latencies;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private long lastAnswer;
    private long envelopes;

    Run(ScratchKeyspace keyspace, long end, Latencies latencies) {
      this.keyspace = keyspace;
      this.end = end;
      this.latencies = latencies;
    }

    CompletableFuture<Void> ended() {
      return ended;
    }

    long lastAnswer() {
      return lastAnswer;
    }

    long envelopes() {
      return envelopes;
    }

    private void write() {
      long sent = System.nanoTime();
      var unused = keyspace
          .session()
          .executeAsync(next(keyspace))
          .whenComplete((result, failure) -> answered(sent, failure));
    }

    private void answered(long sent, Throwable failure) {
      if (failure != null) {
        ended.completeExceptionally(failure);
        return;
      }
      long now = System.nanoTime();
      lastAnswer = now;
      envelopes += packed;
      latencies.add(now - sent);
      if (now - end < 0) {
        write();
      } else {
        ended.complete(null);
      }
    }
  }

  private BoundStatement next(ScratchKeyspace keyspace) {
    long row = rows++;
    return keyspace.insert().bind(log, row / ROWS_OF_A_PART, row, ByteBuffer.wrap(data()));
  }

  private byte[] data() {
    if (packed == 1) {
      return source.next().toByteArray();
    }
    var frame = AppendRequest.newBuilder();
    for (int i = 0; i < packed; i++) {
      frame.addEnvelopes(source.next());
    }
    return frame.build().toByteArray();
  }
}
