package io.karst.bench.group;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.karst.bench.measure.Latencies;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import io.karst.wire.v1.AppendStreamRequest;
import io.karst.wire.v1.AppendStreamResponse;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One device's append stream: sends frames of its sessions in turn and the next one as each is
 * answered.
 *
 * <p>Thread-safe. Whatever is under way when it is told to stop is still answered, and counts.
 */
final class FrameStream
    implements ClientResponseObserver<AppendStreamRequest, AppendStreamResponse> {

  private final List<Session> sessions;
  private final int frameSize;
  private final int inFlightMax;
  private final Latencies latencies;
  private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<AppendStreamRequest> requests;
  private long frames;
  private long acknowledged;
  private long lastAnswer;
  private boolean stopping;

  /** A frame whose answer is awaited. */
  private record Sent(long frame, Session session, long firstIndex, long at) {}

  FrameStream(List<Session> sessions, int frameSize, int inFlightMax, Latencies latencies) {
    this.sessions = List.copyOf(sessions);
    this.frameSize = frameSize;
    this.inFlightMax = inFlightMax;
    this.latencies = latencies;
  }

  /** Completes when the server has ended the stream, or with what went wrong. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Sends as many frames as may be under way. */
  synchronized void begin() {
    while (underWay.size() < inFlightMax && !ended.isDone()) {
      send();
    }
  }

  /** Sends no further frame. */
  synchronized void stop() {
    if (!stopping) {
      stopping = true;
      completeIfAnswered();
    }
  }

  synchronized long acknowledged() {
    return acknowledged;
  }

  /** When the newest answer came, as {@link System#nanoTime()} says it. */
  synchronized long lastAnswer() {
    return lastAnswer;
  }

  @Override
  public synchronized void beforeStart(ClientCallStreamObserver<AppendStreamRequest> stream) {
    requests = stream;
  }

  @Override
  public synchronized void onNext(AppendStreamResponse response) {
    try {
      take(response);
    } catch (LoadFailure e) {
      fail(e);
      return;
    }
    if (!stopping) {
      send();
    }
    completeIfAnswered();
  }

  @Override
  public void onError(Throwable thrown) {
    ended.completeExceptionally(Answers.failure("the stream ends", thrown));
  }

  @Override
  public synchronized void onCompleted() {
    if (stopping && underWay.isEmpty()) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(
          new LoadFailure(Kind.REFUSED, "the server ends the stream before it has answered"));
    }
  }

  private void send() {
    Session session = sessions.get((int) (frames % sessions.size()));
    long firstIndex = session.nextIndex();
    var request = AppendStreamRequest.newBuilder()
        .setFrameId(frames)
        .setAppend(session.frame(frameSize))
        .build();
    underWay.add(new Sent(frames, session, firstIndex, System.nanoTime()));
    frames++;
    stream().onNext(request);
  }

  private void take(AppendStreamResponse response) throws LoadFailure {
    Sent sent = underWay.poll();
    if (sent == null || sent.frame() != response.getFrameId()) {
      throw new LoadFailure(Kind.REFUSED, "the server answers frames out of order");
    }
    if (!response.hasAppend()) {
      throw Session.refused(response.getRefusal().getReason());
    }
    sent.session().answered(sent.firstIndex(), frameSize, response.getAppend());
    acknowledged += frameSize;
    lastAnswer = System.nanoTime();
    latencies.add(lastAnswer - sent.at());
  }

  private void completeIfAnswered() {
    if (stopping && underWay.isEmpty() && !ended.isDone()) {
      stream().onCompleted();
    }
  }

  private void fail(LoadFailure failure) {
    ended.completeExceptionally(failure);
    stream().cancel("the measurement has failed", failure);
  }

  private ClientCallStreamObserver<AppendStreamRequest> stream() {
    if (requests == null) {
      throw new IllegalStateException("the stream has not begun");
    }
    return requests;
  }
}
