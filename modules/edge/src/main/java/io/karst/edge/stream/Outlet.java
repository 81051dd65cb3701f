package io.karst.edge.stream;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.karst.edge.call.Failures;

/**
 * The sending side of one stream.
 *
 * <p>Mutable, and owned by one actor, which alone uses it: calls are not thread-safe, and the
 * transport keeps whatever it is given, so nothing but a bounded answer is sent while it is not
 * ready.
 */
public final class Outlet<R> {

  private final ServerCall<?, R> call;
  private final Failures failures;
  private boolean begun;
  private boolean ended;

  public Outlet(ServerCall<?, R> call, Failures failures) {
    this.call = call;
    this.failures = failures;
  }

  /** Whether the transport wants more: false while the client is slower than we are. */
  public boolean isReady() {
    return !ended && call.isReady();
  }

  public boolean isEnded() {
    return ended;
  }

  public void send(R message) {
    if (ended) {
      return;
    }
    begin();
    call.sendMessage(message);
  }

  /** Asks the client for so many messages more. */
  public void request(int messages) {
    if (!ended && messages > 0) {
      call.request(messages);
    }
  }

  public void complete() {
    if (end()) {
      begin();
      call.close(Status.OK, new Metadata());
    }
  }

  /** Ends the stream with the reason for a failure. */
  public void fail(Throwable failure) {
    if (end()) {
      StatusRuntimeException status = failures.status(failure);
      Metadata trailers = status.getTrailers();
      call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }

  /** The client has gone: nothing can be sent any more. */
  public void abandon() {
    ended = true;
  }

  /** Headers precede the first message, so that a client sees that its stream was accepted. */
  public void begin() {
    if (!begun) {
      begun = true;
      call.sendHeaders(new Metadata());
    }
  }

  private boolean end() {
    boolean first = !ended;
    ended = true;
    return first && !call.isCancelled();
  }
}
