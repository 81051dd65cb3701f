package io.karst.client.transport;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.karst.client.api.BadAnswer;
import io.karst.client.api.KarstException;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/** The one place where a gRPC status becomes a {@link KarstException}. */
public final class Failures {

  private static final String DOMAIN = "karst";

  private Failures() {}

  /** Of a failed call; what is no failure of a call stays as it is. */
  public static Throwable of(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof KarstException) {
      return cause;
    }
    if (cause instanceof RejectedExecutionException) {
      return new LocalMistake(LocalMistake.Kind.CLOSED, "the device is closed", cause);
    }
    if (cause instanceof StatusRuntimeException && cause.getCause() instanceof KarstException own) {
      return own;
    }
    com.google.rpc.Status rich = StatusProto.fromThrowable(cause);
    return rich == null ? cause : of(rich);
  }

  /**
   * Of a refusal inside an answer. A reason that this version does not know is judged by its code.
   */
  public static ServerRefusal of(io.karst.wire.v1.Refusal refusal) {
    return new ServerRefusal(
        reason(refusal.getReason()).orElseGet(() -> byCode(refusal.getCode())));
  }

  /** The same, to be thrown from an asynchronous step. */
  public static RuntimeException asRuntime(Throwable thrown) {
    Throwable cause = of(thrown);
    return cause instanceof RuntimeException runtime ? runtime : new CompletionException(cause);
  }

  /** What an asynchronous step failed with, without the wrapping that the step put around it. */
  public static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static KarstException of(com.google.rpc.Status status) {
    if (status.getCode() == Status.Code.UNIMPLEMENTED.value()) {
      return new BadAnswer("the server does not speak this protocol");
    }
    if (status.getCode() == Status.Code.CANCELLED.value()) {
      return new LocalMistake(LocalMistake.Kind.CLOSED, "the connection was closed");
    }
    Reason reason = detail(status, ErrorInfo.class)
        .filter(info -> info.getDomain().equals(DOMAIN))
        .flatMap(info -> reason(info.getReason()))
        .orElseGet(() -> byCode(status.getCode()));
    Duration retryAfter = detail(status, RetryInfo.class)
        .map(RetryInfo::getRetryDelay)
        .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos()))
        .orElse(Duration.ZERO);
    return new ServerRefusal(reason, retryAfter);
  }

  private static <T extends Message> Optional<T> detail(
      com.google.rpc.Status status, Class<T> type) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return Optional.of(detail.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Reason> reason(String name) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst();
  }

  private static Reason byCode(int code) {
    return switch (Status.fromCodeValue(code).getCode()) {
      case UNAVAILABLE, ABORTED -> Reason.UNAVAILABLE;
      case DEADLINE_EXCEEDED -> Reason.DEADLINE_EXCEEDED;
      case UNAUTHENTICATED -> Reason.UNAUTHENTICATED;
      case PERMISSION_DENIED -> Reason.PERMISSION_DENIED;
      case RESOURCE_EXHAUSTED -> Reason.OVERLOADED;
      case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION -> Reason.FIELD_INVALID;
      case NOT_FOUND -> Reason.GROUP_NOT_FOUND;
      case OK, CANCELLED, UNKNOWN, ALREADY_EXISTS, UNIMPLEMENTED, INTERNAL, DATA_LOSS ->
        Reason.INTERNAL;
    };
  }
}
