package io.karst.edge.status;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.karst.domain.refusal.Reason;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns refusals into statuses, and statuses back into reasons.
 *
 * <p>A status carries the reason three times: as its description for people, as
 * {@code google.rpc.ErrorInfo} for programs, and coarsely as its code. No other text is ever sent.
 */
public final class Statuses {

  /** What {@code ErrorInfo.domain} says. */
  public static final String DOMAIN = "karst";

  /** Long enough for a node to hand over its shards, short enough for a person to wait. */
  private static final Duration RETRY_DELAY =
      Duration.newBuilder().setSeconds(1).build();

  private Statuses() {}

  /** The gRPC code of a reason. */
  public static Status.Code code(Reason reason) {
    return switch (reason) {
      case UNAUTHENTICATED, TOKEN_EXPIRED, CHALLENGE_INVALID, PROOF_INVALID, ENROLMENT_INVALID ->
        Status.Code.UNAUTHENTICATED;
      case PERMISSION_DENIED, DEVICE_REVOKED, ROLE_REQUIRED, SENDER_FORGED, HISTORY_FORBIDDEN ->
        Status.Code.PERMISSION_DENIED;
      case MALFORMED_MESSAGE,
          INVALID_UTF8,
          FIELD_MISSING,
          FIELD_INVALID,
          TOO_MANY_ITEMS,
          ID_EMPTY,
          ID_TOO_LONG,
          ID_INVALID,
          DEVICE_LIST_INVALID,
          KEY_INVALID,
          KEY_SIGNATURE_INVALID,
          GROUP_ID_MISMATCH,
          CHANGE_INVALID,
          POLICY_INVALID,
          MANIFEST_INVALID,
          MANIFEST_SIGNATURE_INVALID,
          KEY_SUITE_UNSUPPORTED,
          SEALED_KEYS_MISMATCH,
          ENVELOPE_MALFORMED,
          ENVELOPE_TOO_LARGE,
          SESSION_SIGNATURE_INVALID,
          HISTORY_RANGE_INVALID,
          CURSOR_UNKNOWN -> Status.Code.INVALID_ARGUMENT;
      case MEMBER_NOT_FOUND, DEVICE_NOT_FOUND, GROUP_NOT_FOUND, NO_SUCH_MEMBER ->
        Status.Code.NOT_FOUND;
      case MEMBER_EXISTS,
          DEVICE_ID_USED,
          ONE_TIME_KEY_CONFLICT,
          GROUP_EXISTS,
          ALREADY_MEMBER,
          COMMIT_REPLAYED,
          INDEX_DUPLICATE,
          CLIENT_ID_CONFLICT,
          SUBSCRIPTION_EXISTS -> Status.Code.ALREADY_EXISTS;
      case ONE_TIME_KEY_USED,
          ONE_TIME_KEYS_FULL,
          DEVICE_LISTS_FULL,
          GROUP_FULL,
          GROUP_ARCHIVED,
          LAST_OWNER,
          ROSTER_MISMATCH,
          DEVICE_NOT_IN_ROSTER,
          ROTATION_REQUIRED,
          SESSION_UNKNOWN,
          SESSION_CONFLICT -> Status.Code.FAILED_PRECONDITION;
      case STALE_EPOCH, DEVICE_LIST_STALE -> Status.Code.ABORTED;
      case EPOCH_UNKNOWN, INDEX_TOO_OLD, CURSOR_AHEAD, ACKNOWLEDGEMENT_AHEAD ->
        Status.Code.OUT_OF_RANGE;
      case MESSAGE_TOO_LARGE, SUBSCRIPTION_LIMIT, OVERLOADED -> Status.Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Status.Code.UNAVAILABLE;
      case DEADLINE_EXCEEDED -> Status.Code.DEADLINE_EXCEEDED;
      case INTERNAL -> Status.Code.INTERNAL;
    };
  }

  /** The refusal as the status of a call, details in its trailers. */
  public static StatusRuntimeException exception(Refusal refusal) {
    return StatusProto.toStatusRuntimeException(status(refusal));
  }

  /** The refusal as a {@code google.rpc.Status}. */
  public static com.google.rpc.Status status(Refusal refusal) {
    Reason reason = refusal.reason();
    var status = com.google.rpc.Status.newBuilder()
        .setCode(code(reason).value())
        .setMessage(reason.name())
        .addDetails(Any.pack(ErrorInfo.newBuilder()
            .setReason(reason.name())
            .setDomain(DOMAIN)
            .putAllMetadata(refusal.facts())
            .build()));
    if (retryable(reason)) {
      status.addDetails(
          Any.pack(RetryInfo.newBuilder().setRetryDelay(RETRY_DELAY).build()));
    }
    for (Message detail : refusal.details()) {
      status.addDetails(Any.pack(detail));
    }
    return status.build();
  }

  /** The refusal inside an answer or stream that goes on. */
  public static io.karst.wire.v1.Refusal inBand(Reason reason) {
    return io.karst.wire.v1.Refusal.newBuilder()
        .setReason(reason.name())
        .setCode(code(reason).value())
        .build();
  }

  /** The reason in a status; empty when the status was not made here. */
  public static Optional<Reason> reason(Status status, @Nullable Metadata trailers) {
    com.google.rpc.Status rich =
        trailers == null ? null : StatusProto.fromStatusAndTrailers(status, trailers);
    if (rich == null) {
      return Optional.empty();
    }
    return rich.getDetailsList().stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .map(Statuses::errorInfo)
        .filter(info -> info.getDomain().equals(DOMAIN))
        .flatMap(
            info -> Arrays.stream(Reason.values()).filter(r -> r.name().equals(info.getReason())))
        .findFirst();
  }

  /** Whether the same call may succeed a moment later without any change by the caller. */
  private static boolean retryable(Reason reason) {
    return reason == Reason.UNAVAILABLE || reason == Reason.OVERLOADED;
  }

  private static ErrorInfo errorInfo(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      return ErrorInfo.getDefaultInstance();
    }
  }
}
