package io.karst.edge.scene;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a client hears on one stream: messages, and as the last thing how it ended. */
public final class Heard<Q, A> implements ClientResponseObserver<Q, A> {

  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private final boolean reading;

  /** Takes messages as they come if {@code reading}, else as many as are requested of the call. */
  public Heard(boolean reading) {
    this.reading = reading;
  }

  /** The next message, the failure that ended the stream, or "completed". */
  public Object next() {
    try {
      Object next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public boolean isEmpty() {
    return heard.isEmpty();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> call) {
    if (!reading) {
      call.disableAutoRequestWithInitial(0);
    }
  }

  @Override
  public void onNext(A message) {
    heard.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    heard.add(failure);
  }

  @Override
  public void onCompleted() {
    heard.add("completed");
  }
}
