package io.karst.edge.status;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.MessageLimits;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Watches every answer of a test and collects the statuses that no client could act on.
 *
 * <p>A status conforms when it is OK, or carries a known reason with the code of that reason and
 * says nothing else; or when the server's own code was never reached: an unknown method, a call
 * that the client itself cancelled.
 */
public final class ConformanceInterceptor implements ClientInterceptor {

  private static final Set<Status.Code> WITHOUT_REASON =
      Set.of(Status.Code.UNIMPLEMENTED, Status.Code.CANCELLED);

  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

  /** Throws when a status did not conform. */
  public void verify() {
    if (!violations.isEmpty()) {
      throw new AssertionError("answers that no client can act on: " + violations);
    }
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<R>(listener) {
              @Override
              public void onMessage(R message) {
                if (((Message) message).getSerializedSize() > MessageLimits.ANSWER_BYTES_MAX) {
                  violations.add(method.getFullMethodName() + ": more than 1 MiB");
                }
                super.onMessage(message);
              }

              @Override
              public void onClose(Status status, Metadata trailers) {
                violation(status, trailers)
                    .ifPresent(text -> violations.add(method.getFullMethodName() + ": " + text));
                super.onClose(status, trailers);
              }
            },
            headers);
      }
    };
  }

  private static Optional<String> violation(Status status, @Nullable Metadata trailers) {
    if (status.isOk()
        || WITHOUT_REASON.contains(status.getCode())
        || expiredHere(status, trailers)) {
      return Optional.empty();
    }
    Optional<Reason> reason = Statuses.reason(status, trailers);
    if (reason.isEmpty()) {
      return Optional.of("no known reason in " + status);
    }
    if (Statuses.code(reason.get()) != status.getCode()) {
      return Optional.of(reason.get() + " with code " + status.getCode());
    }
    return reason.get().name().equals(status.getDescription())
        ? Optional.empty()
        : Optional.of("text beside the reason: " + status.getDescription());
  }

  /** The client's own clock ended the call: the server's status, if any, did not arrive. */
  private static boolean expiredHere(Status status, @Nullable Metadata trailers) {
    return status.getCode() == Status.Code.DEADLINE_EXCEEDED
        && Statuses.reason(status, trailers).isEmpty();
  }

  /** The facts that a refusal carries. */
  public static ErrorInfo info(Throwable failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status == null) {
      throw new AssertionError("not a refusal", failure);
    }
    return status.getDetailsList().stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .findFirst()
        .map(detail -> {
          try {
            return detail.unpack(ErrorInfo.class);
          } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
          }
        })
        .orElseThrow(() -> new AssertionError("no ErrorInfo", failure));
  }
}
