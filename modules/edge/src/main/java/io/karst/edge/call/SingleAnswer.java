package io.karst.edge.call;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Ends a call with one answer or one reason, exactly once. Thread-safe. */
public final class SingleAnswer<R> {

  private final ServerCall<?, R> call;
  private final Failures failures;
  private final AtomicBoolean ended = new AtomicBoolean();

  public SingleAnswer(ServerCall<?, R> call, Failures failures) {
    this.call = call;
    this.failures = failures;
  }

  boolean isEnded() {
    return ended.get();
  }

  /** Ends it with what a stage completed with. */
  public void complete(@Nullable R answer, @Nullable Throwable failure) {
    if (answer == null) {
      fail(failure == null ? new IllegalStateException("neither answer nor failure") : failure);
    } else if (end()) {
      call.sendHeaders(new Metadata());
      call.sendMessage(answer);
      call.close(Status.OK, new Metadata());
    }
  }

  /** Ends it with the reason for a failure. */
  public void fail(Throwable failure) {
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
