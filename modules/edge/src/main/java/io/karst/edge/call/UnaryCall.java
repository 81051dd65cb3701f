package io.karst.edge.call;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.RefusedException;
import java.util.concurrent.CompletionStage;
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
    return new Listener(new SingleAnswer<>(call, failures));
  }

  /** One call. Its callbacks come from one thread at a time; the answer may come from another. */
  private final class Listener extends ServerCall.Listener<Arrival<Q>> {

    private final SingleAnswer<R> answer;
    private @Nullable Arrival<Q> request;

    Listener(SingleAnswer<R> answer) {
      this.answer = answer;
    }

    @Override
    public void onMessage(Arrival<Q> message) {
      if (request != null) {
        answer.fail(new RefusedException(Reason.MALFORMED_MESSAGE));
      }
      request = message;
    }

    @Override
    public void onHalfClose() {
      Arrival<Q> arrived = request;
      if (answer.isEnded()) {
        return;
      }
      if (arrived == null) {
        answer.fail(new RefusedException(Reason.MALFORMED_MESSAGE));
        return;
      }
      CompletionStage<R> answered;
      try {
        answered = method.answer(arrived.message());
      } catch (RuntimeException e) {
        answer.fail(e);
        return;
      }
      answered.whenComplete(answer::complete);
    }
  }
}
