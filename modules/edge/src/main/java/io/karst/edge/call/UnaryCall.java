package io.karst.edge.call;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.RefusedException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Receives calls with one request and one answer, and ends each exactly once. */
final class UnaryCall<Q, R> implements ServerCallHandler<Arrival<Q>, R> {

  private final Unary.Open<Q, R> method;
  private final Failures failures;

  UnaryCall(Unary.Open<Q, R> method, Failures failures) {
    this.method = method;
    this.failures = failures;
  }

  @Override
  public ServerCall.Listener<Arrival<Q>> startCall(
      ServerCall<Arrival<Q>, R> call, Metadata headers) {
    // Two, so that a second request, which the protocol forbids, is noticed.
    call.request(2);
    return new Listener(call);
  }

  /** One call. Its callbacks come from one thread at a time; the answer may come from another. */
  private final class Listener extends ServerCall.Listener<Arrival<Q>> {

    private final ServerCall<Arrival<Q>, R> call;
    private final AtomicBoolean ended = new AtomicBoolean();
    private @Nullable Arrival<Q> request;

    Listener(ServerCall<Arrival<Q>, R> call) {
      this.call = call;
    }

    @Override
    public void onMessage(Arrival<Q> message) {
      if (request != null) {
        fail(new RefusedException(Reason.MALFORMED_MESSAGE));
      }
      request = message;
    }

    @Override
    public void onHalfClose() {
      Arrival<Q> arrived = request;
      if (ended.get()) {
        return;
      }
      if (arrived == null) {
        fail(new RefusedException(Reason.MALFORMED_MESSAGE));
        return;
      }
      CompletionStage<R> answer;
      try {
        answer = method.answer(arrived.message());
      } catch (RuntimeException e) {
        fail(e);
        return;
      }
      answer.whenComplete(this::complete);
    }

    private void complete(@Nullable R answer, @Nullable Throwable failure) {
      if (answer == null) {
        fail(failure == null ? new IllegalStateException("neither answer nor failure") : failure);
      } else if (end()) {
        call.sendHeaders(new Metadata());
        call.sendMessage(answer);
        call.close(Status.OK, new Metadata());
      }
    }

    private void fail(Throwable failure) {
      StatusRuntimeException status = failures.status(failure);
      if (end()) {
        Metadata trailers = status.getTrailers();
        call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
      }
    }

    /** True once, and never when the caller has gone: nobody is there to be answered. */
    private boolean end() {
      return ended.compareAndSet(false, true) && !call.isCancelled();
    }
  }
}
