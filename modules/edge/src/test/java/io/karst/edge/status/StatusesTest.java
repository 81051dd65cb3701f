package io.karst.edge.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.karst.domain.refusal.Reason;
import io.karst.wire.v1.EpochRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusesTest {

  @ParameterizedTest
  @EnumSource(Reason.class)
  void aReasonSurvivesTheWayThroughStatusAndTrailers(Reason reason) {
    var exception = Statuses.exception(Refusal.of(reason));
    assertThat(Statuses.reason(exception.getStatus(), exception.getTrailers())).contains(reason);
    assertThat(exception.getStatus().getCode()).isEqualTo(Statuses.code(reason));
    assertThat(exception.getStatus().getDescription()).isEqualTo(reason.name());
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void noReasonIsOkOrUnknown(Reason reason) {
    assertThat(Statuses.code(reason)).isNotIn(Status.Code.OK, Status.Code.UNKNOWN);
  }

  @Test
  void factsAndDetailsAreCarried() throws InvalidProtocolBufferException {
    var record = EpochRecord.newBuilder().setStartedOffset(7).build();
    var refusal = new Refusal(Reason.STALE_EPOCH, Map.of("current_epoch", "3"), List.of(record));
    var status = Statuses.status(refusal);
    assertThat(status.getDetails(0).unpack(ErrorInfo.class).getMetadataMap())
        .containsEntry("current_epoch", "3");
    assertThat(status.getDetails(1).unpack(EpochRecord.class)).isEqualTo(record);
  }

  @Test
  void onlyWhatMayPassBySayingNothingNewNamesARetryDelay() {
    for (Reason reason : Reason.values()) {
      boolean named = Statuses.status(Refusal.of(reason)).getDetailsList().stream()
          .anyMatch(detail -> detail.is(RetryInfo.class));
      assertThat(named)
          .as(reason.name())
          .isEqualTo(reason == Reason.UNAVAILABLE || reason == Reason.OVERLOADED);
    }
  }

  @Test
  void aStatusMadeElsewhereHasNoReason() {
    assertThat(Statuses.reason(Status.UNIMPLEMENTED, new Metadata())).isEmpty();
    assertThat(Statuses.reason(Status.UNAVAILABLE, null)).isEmpty();
  }
}
