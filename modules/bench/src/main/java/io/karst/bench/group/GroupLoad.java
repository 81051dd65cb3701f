package io.karst.bench.group;

import io.karst.bench.measure.Contender;
import io.karst.bench.measure.Latencies;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import io.karst.bench.measure.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Devices that write to groups through the API, each on one stream. */
final class GroupLoad implements Contender {

  /** What is under way when the time is over is answered within it. */
  private static final int DRAIN_SECONDS_MAX = 60;

  private final Label label;
  private final Map<Device, List<Session>> senders;
  private final int frameSize;
  private final int inFlightMax;

  /**
   * Devices send frames of {@code frameSize} envelopes, each at most {@code inFlightMax} at a time.
   */
  GroupLoad(Label label, Map<Device, List<Session>> senders, int frameSize, int inFlightMax) {
    this.label = label;
    this.senders = Map.copyOf(senders);
    this.frameSize = frameSize;
    this.inFlightMax = inFlightMax;
  }

  @Override
  public Label label() {
    return label;
  }

  @Override
  public Round run(Duration time) throws LoadFailure, InterruptedException {
    var latencies = new Latencies();
    List<FrameStream> streams = open(latencies);
    long begun = System.nanoTime();
    streams.forEach(FrameStream::begin);
    // Ends early when a stream does: that is a failure.
    await(CompletableFuture.anyOf(endings(streams)), time);
    streams.forEach(FrameStream::stop);
    if (!await(CompletableFuture.allOf(endings(streams)), Duration.ofSeconds(DRAIN_SECONDS_MAX))) {
      throw new LoadFailure(
          Kind.UNREACHABLE, "the server does not answer within " + DRAIN_SECONDS_MAX + " s");
    }
    long ended = streams.stream().mapToLong(FrameStream::lastAnswer).max().orElse(begun);
    long envelopes = streams.stream().mapToLong(FrameStream::acknowledged).sum();
    return new Round(envelopes, ended - begun, latencies);
  }

  private List<FrameStream> open(Latencies latencies) throws LoadFailure {
    List<FrameStream> streams = new ArrayList<>();
    for (Map.Entry<Device, List<Session>> sender : senders.entrySet()) {
      var stream = new FrameStream(sender.getValue(), frameSize, inFlightMax, latencies);
      var unused = sender.getKey().groups().appendStream(stream);
      streams.add(stream);
    }
    return streams;
  }

  private static CompletableFuture<?>[] endings(List<FrameStream> streams) {
    return streams.stream().map(FrameStream::ended).toArray(CompletableFuture<?>[]::new);
  }

  /** Whether it happened in time; throws what went wrong. */
  private static boolean await(CompletableFuture<?> future, Duration time)
      throws LoadFailure, InterruptedException {
    try {
      future.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LoadFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
