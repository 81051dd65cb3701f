package io.karst.edge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.karst.domain.access.DeviceTrace;
import io.karst.domain.access.InboxTrace;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.owner.OwnerMessage;
import io.karst.edge.message.Fields;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.ExplainResponse;
import io.karst.wire.v1.UnreadableReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each reason that there is for a message of own devices. */
class OwnEvidenceTest {

  private static final DeviceAddress PHONE = DeviceAddress.of("ada", "phone");
  private static final DeviceAddress TABLET = DeviceAddress.of("ada", "tablet");
  private static final DeviceAddress WATCH = DeviceAddress.of("ada", "watch");
  private static final Bytes FALLBACK = Bytes.copyOf(new byte[32]);
  private static final InboxTrace INBOX = new InboxTrace(List.of(), 0, false);
  private static final DeviceTrace THERE = new DeviceTrace(false, INBOX, List.of(FALLBACK));
  private static final DeviceTrace GONE = new DeviceTrace(true, INBOX, List.of());

  @Test
  void whoIsMeantHasItsCopyAndTheSenderItsOwnWords() {
    for (DeviceAddress device : List.of(PHONE, TABLET)) {
      ExplainResponse answer = explain(1, device, THERE);
      assertThat(answer.getReason()).isEqualTo(UnreadableReason.UNREADABLE_REASON_KEY_ACKNOWLEDGED);
      assertThat(answer.getEvidence().getEpochStartedOffset()).isEqualTo(7);
      assertThat(answer.getEvidence().getDeviceInRoster()).isTrue();
    }
  }

  @Test
  void whoCameLaterIsNotMeant() {
    ExplainResponse answer = explain(1, WATCH, THERE);
    assertThat(answer.getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_DEVICE_NOT_IN_ROSTER);
    assertThat(answer.getEvidence().getMemberInRoster()).isTrue();
    assertThat(answer.getEvidence().getDeviceInRoster()).isFalse();
  }

  @Test
  void whoIsRevokedIsRevokedBeforeAllElse() {
    for (DeviceAddress device : List.of(PHONE, TABLET, WATCH)) {
      assertThat(explain(0, device, GONE).getReason())
          .isEqualTo(UnreadableReason.UNREADABLE_REASON_DEVICE_REVOKED);
    }
  }

  @Test
  void aCopyToTheFallbackKeyIsToldToItsReceiverAlone() {
    assertThat(explain(0, TABLET, THERE).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_ONE_TIME_KEYS_EXHAUSTED);
    assertThat(explain(0, PHONE, THERE).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_KEY_ACKNOWLEDGED);
  }

  @Test
  void aDeviceOfTheSameNameOfSomebodyElseIsNotMeant() {
    assertThat(explain(0, DeviceAddress.of("bo", "tablet"), THERE).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_NOT_A_MEMBER);
  }

  @Test
  void aDeviceThatNobodyHasEverHadIsNotFound() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> OwnEvidence.of(said(1), WATCH, Map.of()));
  }

  private static ExplainResponse explain(int olmType, DeviceAddress device, DeviceTrace trace) {
    Map<DeviceId, DeviceTrace> traces = Map.of(device.device(), trace);
    return OwnEvidence.of(said(olmType), device, traces).response();
  }

  /** The phone to the tablet. */
  private static LogPlace.Shared said(int olmType) {
    Bytes sealed = Fields.bytes(AccessIT.preKeyMessage(Fields.bytes(FALLBACK)));
    var message = new OwnerMessage(
        PHONE,
        new ClientId(Bytes.copyOf(new byte[16])),
        2,
        List.of(new OwnerCopy(TABLET.device(), olmType, sealed)),
        Bytes.copyOf(new byte[64]));
    return new LogPlace.Shared(message, Instant.EPOCH, 7);
  }
}
