package io.karst.edge.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.ConformanceInterceptor;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.EpochRecord;
import java.util.List;
import java.util.concurrent.Callable;

/** What became of calls that should fail. */
public final class Refusals {

  private Refusals() {}

  /** Fails unless the call is refused with this reason. */
  public static ErrorInfo assertRefused(Reason reason, Callable<?> call) {
    ErrorInfo info = ConformanceInterceptor.info(failure(call));
    assertThat(info.getReason()).isEqualTo(reason.name());
    return info;
  }

  /** Fails unless the call is refused because of this field. */
  public static void assertRefused(Reason reason, String field, Callable<?> call) {
    assertThat(assertRefused(reason, call).getMetadataMap()).containsEntry("field", field);
  }

  /** The whole status of a call that fails: everything its caller can learn. */
  public static Status status(Callable<?> call) {
    Status status = StatusProto.fromThrowable(failure(call));
    if (status == null) {
      throw new AssertionError("no details");
    }
    return status;
  }

  /** The epoch that a refused commit is told. */
  public static EpochRecord epoch(Status status) {
    return status.getDetailsList().stream()
        .filter(detail -> detail.is(EpochRecord.class))
        .findFirst()
        .map(detail -> {
          try {
            return detail.unpack(EpochRecord.class);
          } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
          }
        })
        .orElseThrow(() -> new AssertionError("no epoch in " + status));
  }

  /** The reason for each envelope of a frame; empty for those taken. */
  public static List<String> outcomes(AppendResponse response) {
    return response.getOutcomesList().stream()
        .map(outcome -> outcome.getRefusal().getReason())
        .toList();
  }

  private static StatusRuntimeException failure(Callable<?> call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::call);
  }
}
