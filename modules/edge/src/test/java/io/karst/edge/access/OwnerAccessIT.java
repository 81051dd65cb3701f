package io.karst.edge.access;

import static io.karst.edge.scene.Refusals.assertRefused;
import static io.karst.edge.scene.Refusals.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.GroupId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.refusal.Reason;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.message.Fields;
import io.karst.edge.scene.OwnerFrames;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestServer;
import io.karst.proof.statement.DeviceStatements;
import io.karst.wire.v1.AccessEvidence;
import io.karst.wire.v1.DeviceRef;
import io.karst.wire.v1.ExplainRequest;
import io.karst.wire.v1.ExplainResponse;
import io.karst.wire.v1.KeyState;
import io.karst.wire.v1.UnreadableReason;
import io.karst.wire.v1.VerifyEpochAccessRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Why a device cannot read what its member's other devices said. */
class OwnerAccessIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  /** After two versions of the list, which are entries of the log. */
  private static final long MESSAGE = 2;

  private TestDevice phone;
  private TestDevice tablet;
  private GroupId log;

  @BeforeEach
  void register() {
    phone = SERVER.device("ada");
    tablet = phone.link("tablet");
    log = DeviceStatements.ownerLogId(phone.address().member());
  }

  @Test
  void theServerKnowsOfNoObstacleForWhomItIsSealedToAndForItsSender() {
    send(1, Bytes.copyOf(new byte[20]));
    for (TestDevice device : List.of(tablet, phone)) {
      ExplainResponse answer = explain(device, MESSAGE, ref(device));
      assertThat(answer.getReason()).isEqualTo(UnreadableReason.UNREADABLE_REASON_KEY_ACKNOWLEDGED);
      AccessEvidence evidence = answer.getEvidence();
      assertThat(evidence.getSender()).isEqualTo(ref(phone));
      assertThat(evidence.getEpoch()).isZero();
      assertThat(evidence.getEpochStartedOffset()).isEqualTo(MESSAGE);
      assertThat(evidence.getDeviceInRoster()).isTrue();
      assertThat(evidence.getKey()).isEqualTo(KeyState.KEY_STATE_ACKNOWLEDGED);
    }
  }

  @Test
  void otherPlacesHoldNoMessage() {
    send(1, Bytes.copyOf(new byte[20]));
    assertExplained(UnreadableReason.UNREADABLE_REASON_NOT_AN_ENVELOPE, 0, tablet);
    assertExplained(UnreadableReason.UNREADABLE_REASON_NOT_WRITTEN, MESSAGE + 1, tablet);
  }

  @Test
  void aDeviceThatWasLinkedLaterIsNotAmongItsReceivers() {
    send(1, Bytes.copyOf(new byte[20]));
    TestDevice watch = phone.link("watch");
    assertExplained(UnreadableReason.UNREADABLE_REASON_DEVICE_NOT_IN_ROSTER, MESSAGE, watch);
  }

  @Test
  void aRevokedDeviceIsRevokedWhetherItWasAReceiverOrNot() {
    send(1, Bytes.copyOf(new byte[20]));
    TestDevice watch = phone.link("watch");
    phone.revoke(tablet);
    assertExplained(UnreadableReason.UNREADABLE_REASON_DEVICE_REVOKED, MESSAGE, tablet);
    phone.revoke(watch);
    assertExplained(UnreadableReason.UNREADABLE_REASON_DEVICE_REVOKED, MESSAGE, watch);
  }

  @Test
  void aCopyThatIsSealedToTheFallbackKeySaysSo() {
    send(0, Fields.bytes(AccessIT.preKeyMessage(tablet.signedKey(0, true).getCurve25519Key())));
    assertExplained(UnreadableReason.UNREADABLE_REASON_ONE_TIME_KEYS_EXHAUSTED, MESSAGE, tablet);
    assertExplained(UnreadableReason.UNREADABLE_REASON_KEY_ACKNOWLEDGED, MESSAGE, phone);
  }

  @Test
  void anAuditorMayAskAboutEverybodyAndOthersAboutNobody() {
    send(1, Bytes.copyOf(new byte[20]));
    TestDevice bo = SERVER.device("bo");
    TestDevice auditor = SERVER.auditor();
    assertRefused(Reason.GROUP_NOT_FOUND, () -> explain(bo, MESSAGE, ref(bo)));
    assertRefused(Reason.ROLE_REQUIRED, () -> explain(phone, MESSAGE, ref(bo)));
    assertThat(explain(auditor, MESSAGE, ref(bo)).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_NOT_A_MEMBER);
    assertThat(explain(auditor, MESSAGE, ref(tablet)).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_KEY_ACKNOWLEDGED);
    DeviceRef unknown = ref(phone).toBuilder().setDeviceId("attic").build();
    assertRefused(Reason.DEVICE_NOT_FOUND, () -> explain(phone, MESSAGE, unknown));
  }

  @Test
  void suchALogHasNoEpochsToVerify() {
    send(1, Bytes.copyOf(new byte[20]));
    assertRefused(
        Reason.EPOCH_UNKNOWN,
        () -> phone
            .access()
            .verifyEpochAccess(VerifyEpochAccessRequest.newBuilder()
                .setGroupId(log.value())
                .setMemberId(phone.address().member().value())
                .setFromEpoch(1)
                .build()));
  }

  /** The phone says something to the tablet. */
  private void send(int olmType, Bytes olmMessage) {
    var copy = new OwnerCopy(tablet.address().device(), olmType, olmMessage);
    var message = OwnerFrames.message(phone, "a", 2, List.of(copy));
    var answer = phone.groups().append(OwnerFrames.frame(log, message));
    assertThat(outcomes(answer)).containsExactly("");
    assertThat(answer.getOutcomes(0).getReceipt().getOffset()).isEqualTo(MESSAGE);
  }

  private void assertExplained(UnreadableReason reason, long offset, TestDevice about) {
    assertThat(explain(phone, offset, ref(about)).getReason()).isEqualTo(reason);
  }

  private ExplainResponse explain(TestDevice asking, long offset, DeviceRef about) {
    return asking
        .access()
        .explain(ExplainRequest.newBuilder()
            .setGroupId(log.value())
            .setOffset(offset)
            .setDevice(about)
            .build());
  }

  private static DeviceRef ref(TestDevice device) {
    return DeviceMapping.address(device.address());
  }
}
