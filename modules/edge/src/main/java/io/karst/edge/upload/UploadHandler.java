package io.karst.edge.upload;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Arrival;
import io.karst.edge.call.Principal;
import io.karst.edge.call.SingleAnswer;
import io.karst.edge.call.Unary;
import io.karst.edge.status.RefusedException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** Receives calls whose one request comes in parts, and ends each exactly once. */
final class UploadHandler<P, Q, R> implements ServerCallHandler<Arrival<P>, R> {

  private final Uploads uploads;
  private final Begin<P, Q> parts;
  private final Unary<Q, R> method;

  UploadHandler(Uploads uploads, Begin<P, Q> parts, Unary<Q, R> method) {
    this.uploads = uploads;
    this.parts = parts;
    this.method = method;
  }

  /** Begins an upload. */
  interface Begin<P, Q> {
    Parts<P, Q> begin();
  }

  @Override
  public ServerCall.Listener<Arrival<P>> startCall(
      ServerCall<Arrival<P>, R> call, Metadata headers) {
    var answer = new SingleAnswer<>(call, uploads.failures());
    Principal principal = Principal.current();
    try {
      uploads.enter(principal.address().member());
    } catch (RefusedException e) {
      answer.fail(e);
      return new ServerCall.Listener<>() {};
    }
    call.request(1);
    return new Listener(call, answer, principal);
  }

  /** One upload. Its callbacks come from one thread at a time; its time ends on another. */
  private final class Listener extends ServerCall.Listener<Arrival<P>> {

    private final ServerCall<Arrival<P>, R> call;
    private final SingleAnswer<R> answer;
    private final Principal principal;
    private final Parts<P, Q> received = parts.begin();
    private final AtomicBoolean left = new AtomicBoolean();
    private final Runnable cancelTimer;

    Listener(ServerCall<Arrival<P>, R> call, SingleAnswer<R> answer, Principal principal) {
      this.call = call;
      this.answer = answer;
      this.principal = principal;
      this.cancelTimer = uploads.timer().after(Uploads.TIME_MAX, this::late);
    }

    @Override
    public void onMessage(Arrival<P> part) {
      if (left.get()) {
        return;
      }
      try {
        received.add(part.message());
        call.request(1);
      } catch (RuntimeException e) {
        leave();
        answer.fail(e);
      }
    }

    @Override
    public void onHalfClose() {
      if (left.get()) {
        return;
      }
      CompletionStage<R> answered;
      try {
        answered = method.answer(principal, received.whole());
      } catch (RuntimeException e) {
        leave();
        answer.fail(e);
        return;
      }
      cancelTimer.run();
      var unused = answered.whenComplete((response, failure) -> {
        leave();
        answer.complete(response, failure);
      });
    }

    @Override
    public void onCancel() {
      leave();
    }

    @Override
    public void onComplete() {
      leave();
    }

    private void late() {
      if (leave()) {
        answer.fail(new RefusedException(Reason.DEADLINE_EXCEEDED));
      }
    }

    private boolean leave() {
      boolean first = left.compareAndSet(false, true);
      if (first) {
        cancelTimer.run();
        uploads.leave(principal.address().member());
      }
      return first;
    }
  }
}
