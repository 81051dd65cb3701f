package io.karst.edge.access;

import static io.karst.edge.scene.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.domain.refusal.Reason;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.wire.v1.AcknowledgeInboxRequest;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.DeviceAccess;
import io.karst.wire.v1.DeviceRef;
import io.karst.wire.v1.ExplainRequest;
import io.karst.wire.v1.ExplainResponse;
import io.karst.wire.v1.FetchInboxRequest;
import io.karst.wire.v1.GetGroupRequest;
import io.karst.wire.v1.History;
import io.karst.wire.v1.InboxItem;
import io.karst.wire.v1.KeyState;
import io.karst.wire.v1.Policy;
import io.karst.wire.v1.ReportEpochRefusedRequest;
import io.karst.wire.v1.SealedKey;
import io.karst.wire.v1.SetPolicyRequest;
import io.karst.wire.v1.ShareHistoryRequest;
import io.karst.wire.v1.UnreadableReason;
import io.karst.wire.v1.UploadKeysRequest;
import io.karst.wire.v1.VerifyEpochAccessRequest;
import io.karst.wire.v1.VerifyEpochAccessResponse;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who can read what, and why a device cannot, asked of a running server. */
class AccessIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  private final TestDevice ada = SERVER.device("ada");
  private final TestDevice bo = SERVER.device("bo");
  private TestGroup group;

  @BeforeEach
  void create() {
    group = TestGroup.created(ada, bo);
  }

  @Test
  void aKeyThatWaitsInTheInboxIsNotAcknowledged() {
    long offset = say(1);
    awaitKeys(bo, 1);
    ExplainResponse answer = explain(bo, offset, bo);
    assertThat(answer.getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_KEY_NOT_ACKNOWLEDGED);
    var evidence = answer.getEvidence();
    assertThat(evidence.getEpoch()).isEqualTo(1);
    assertThat(evidence.getSender()).isEqualTo(ref(ada));
    assertThat(evidence.getCommitter()).isEqualTo(ref(ada));
    assertThat(evidence.getEpochStartedOffset()).isPositive().isLessThan(offset);
    assertThat(evidence.getMemberInRoster()).isTrue();
    assertThat(evidence.getDeviceInRoster()).isTrue();
    assertThat(evidence.getMemberNow()).isTrue();
    assertThat(evidence.getKey()).isEqualTo(KeyState.KEY_STATE_DELIVERED);
  }

  @Test
  void whoHasAcknowledgedMustLookForTheFaultAtHome() {
    long offset = say(1);
    acknowledge(bo, 1);
    assertThat(explain(bo, offset, bo).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_KEY_ACKNOWLEDGED);
  }

  @Test
  void aKeySealedToTheFallbackKeyIsToldAlsoWhenTheDeviceHasRenewedThat() {
    CommitRequest rotation = group.rotation(ada);
    int bos = rotation.getSealedKeys(0).getMemberId().equals(ref(bo).getMemberId()) ? 0 : 1;
    SealedKey toFallback = rotation.getSealedKeys(bos).toBuilder()
        .setOlmType(0)
        .setOlmMessage(preKeyMessage(bo.signedKey(0, true).getCurve25519Key()))
        .build();
    group.commit(ada, rotation.toBuilder().setSealedKeys(bos, toFallback).build());
    long offset = say(2);
    acknowledge(bo, 2);
    assertToFallback(explain(bo, offset, bo));
    for (long renewed = 1; renewed <= 2; renewed++) {
      bo.devices()
          .uploadKeys(UploadKeysRequest.newBuilder()
              .setFallbackKey(bo.signedKey(renewed, true))
              .build());
      assertToFallback(explain(bo, offset, bo));
    }
  }

  private static void assertToFallback(ExplainResponse answer) {
    assertThat(answer.getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_ONE_TIME_KEYS_EXHAUSTED);
    assertThat(answer.getEvidence().getSealedToFallbackKey()).isTrue();
  }

  @Test
  void aDeviceThatRefusesTheEpochHasSaidSo() {
    long offset = say(1);
    acknowledge(bo, 1);
    bo.groups()
        .reportEpochRefused(ReportEpochRefusedRequest.newBuilder()
            .setGroupId(group.id().value())
            .setEpoch(1)
            .build());
    assertThat(explain(bo, offset, bo).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_EPOCH_REFUSED);
    assertThat(explain(ada, offset, ada).getReason())
        .isNotEqualTo(UnreadableReason.UNREADABLE_REASON_EPOCH_REFUSED);
  }

  @Test
  void aMessageOfBeforeAMemberJoinedIsNotForIt() {
    long before = say(1);
    TestDevice cy = SERVER.device("cy");
    group.add(cy);
    ExplainResponse answer = explain(cy, before, cy);
    assertThat(answer.getReason()).isEqualTo(UnreadableReason.UNREADABLE_REASON_NOT_A_MEMBER);
    assertThat(answer.getEvidence().getMemberInRoster()).isFalse();
    assertThat(answer.getEvidence().getKey()).isEqualTo(KeyState.KEY_STATE_NOT_SEALED);
  }

  @Test
  void whatWasSharedIsReadAndWhatIsOlderIsNot() {
    long first = say(1);
    group.commit(ada, group.rotation(ada));
    long second = say(2);
    TestDevice cy = SERVER.device("cy");
    group.add(cy);
    ada.groups()
        .setPolicy(SetPolicyRequest.newBuilder()
            .setGroupId(group.id().value())
            .setPolicy(Policy.newBuilder().setHistory(History.HISTORY_WHOLE))
            .build());
    ada.groups()
        .shareHistory(ShareHistoryRequest.newBuilder()
            .setGroupId(group.id().value())
            .setMemberId(ref(cy).getMemberId())
            .setDeviceId(ref(cy).getDeviceId())
            .setFromEpoch(2)
            .setToEpoch(2)
            .setOlmMessage(preKeyMessage(cy.signedKey(0, true).getCurve25519Key()))
            .build());
    assertThat(explain(cy, second, cy).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_KEY_ACKNOWLEDGED);
    assertThat(explain(cy, first, cy).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_BEFORE_HISTORY_GRANT);
  }

  @Test
  void aMemberThatIsOutReadsNothingOfTheGroupAnyMore() {
    long before = say(1);
    group.commit(ada, group.removal(bo));
    long after = say(2);
    assertThat(explain(ada, before, bo).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_MEMBERSHIP_ENDED);
    assertThat(explain(ada, after, bo).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_NOT_A_MEMBER);
  }

  @Test
  void whatIsNoEnvelopeIsReadByEverybody() {
    long size = ada.groups()
        .getGroup(GetGroupRequest.newBuilder().setGroupId(group.id().value()).build())
        .getHead()
        .getSize();
    ExplainResponse control = explain(bo, 0, bo);
    assertThat(control.getReason()).isEqualTo(UnreadableReason.UNREADABLE_REASON_NOT_AN_ENVELOPE);
    assertThat(control.hasEvidence()).isFalse();
    assertThat(explain(bo, size + 1000, bo).getReason())
        .isEqualTo(UnreadableReason.UNREADABLE_REASON_NOT_WRITTEN);
  }

  @Test
  void aMemberAsksForItselfAnAdminAndAnAuditorForEverybody() {
    long offset = say(1);
    assertRefused(Reason.ROLE_REQUIRED, () -> explain(bo, offset, ada));
    assertRefused(Reason.ROLE_REQUIRED, () -> verify(bo, ada, 1, 1));
    assertThat(explain(ada, offset, bo).hasEvidence()).isTrue();
    TestDevice auditor = SERVER.auditor();
    assertThat(explain(auditor, offset, bo)).isEqualTo(explain(ada, offset, bo));
    assertThat(verify(auditor, bo, 1, 0)).isEqualTo(verify(ada, bo, 1, 0));
  }

  @Test
  void toAnOutsiderTheGroupDoesNotExist() {
    TestDevice eve = SERVER.device("eve");
    assertRefused(Reason.GROUP_NOT_FOUND, () -> explain(eve, 0, eve));
    assertRefused(Reason.GROUP_NOT_FOUND, () -> verify(eve, eve, 1, 1));
    TestGroup none = TestGroup.planned(ada);
    var request = ExplainRequest.newBuilder().setGroupId(none.id().value()).setDevice(ref(ada));
    TestDevice auditor = SERVER.auditor();
    assertRefused(Reason.GROUP_NOT_FOUND, () -> auditor.access().explain(request.build()));
  }

  @Test
  void aDeviceThatNobodyHadIsNotFound() {
    long offset = say(1);
    var request = ExplainRequest.newBuilder()
        .setGroupId(group.id().value())
        .setOffset(offset)
        .setDevice(ref(bo).toBuilder().setDeviceId("tablet"));
    assertRefused(Reason.DEVICE_NOT_FOUND, () -> bo.access().explain(request.build()));
    var stranger = request.setDevice(ref(bo).toBuilder().setMemberId(SERVER.unique("nobody")));
    assertRefused(Reason.MEMBER_NOT_FOUND, () -> ada.access().explain(stranger.build()));
    assertRefused(
        Reason.FIELD_MISSING,
        "device",
        () -> bo.access().explain(request.clearDevice().build()));
    assertRefused(
        Reason.FIELD_INVALID,
        "offset",
        () -> bo.access().explain(request.setDevice(ref(bo)).setOffset(-1).build()));
  }

  @Test
  void everyEpochTellsWhereAMembersKeysAre() {
    group.commit(ada, group.rotation(ada));
    group.commit(ada, group.removal(bo));
    TestDevice cy = SERVER.device("cy");
    group.add(cy);
    acknowledge(bo, 1);
    VerifyEpochAccessResponse bos = verify(ada, bo, 1, 0);
    assertThat(bos.getCurrentEpoch()).isEqualTo(4);
    assertThat(bos.getEpochsList()).extracting("epoch").containsExactly(1L, 2L, 3L, 4L);
    assertThat(bos.getEpochsList()).allMatch(epoch -> epoch.getDevicesCount() == 1);
    assertThat(bos.getEpochsList())
        .extracting(epoch -> epoch.getDevices(0).getKey())
        .containsExactly(
            KeyState.KEY_STATE_ACKNOWLEDGED,
            KeyState.KEY_STATE_DELIVERED,
            KeyState.KEY_STATE_NOT_SEALED,
            KeyState.KEY_STATE_NOT_SEALED);
    awaitKeys(cy, 1);
    assertThat(verify(cy, cy, 3, 4).getEpochsList())
        .extracting(epoch -> epoch.getDevices(0))
        .extracting(DeviceAccess::getInRoster)
        .containsExactly(false, true);
  }

  @Test
  void epochsAreAskedForAsSyncAsksForThem() {
    assertRefused(Reason.FIELD_MISSING, "from_epoch", () -> verify(ada, bo, 0, 0));
    assertRefused(Reason.FIELD_INVALID, "to_epoch", () -> verify(ada, bo, 2, 1));
    assertRefused(Reason.EPOCH_UNKNOWN, "to_epoch", () -> verify(ada, bo, 1, 2));
  }

  /** Ada says something in an epoch. Answers its offset. */
  private long say(long epoch) {
    var answer = ada.groups().append(new TestSession(ada, group.id(), epoch).frame(1));
    return answer.getOutcomes(0).getReceipt().getOffset();
  }

  private static void acknowledge(TestDevice device, int keys) {
    List<InboxItem> items = awaitKeys(device, keys);
    device
        .delivery()
        .acknowledgeInbox(AcknowledgeInboxRequest.newBuilder()
            .setUpToSequence(items.get(keys - 1).getSequence())
            .build());
  }

  /** The stream says when something has come; here asking again is enough. */
  private static List<InboxItem> awaitKeys(TestDevice device, int keys) {
    var request = FetchInboxRequest.newBuilder().setLimit(100).build();
    List<InboxItem> items = List.of();
    while (items.size() < keys) {
      items = device.delivery().fetchInbox(request).getItemsList();
    }
    return items;
  }

  private ExplainResponse explain(TestDevice asking, long offset, TestDevice about) {
    return asking
        .access()
        .explain(ExplainRequest.newBuilder()
            .setGroupId(group.id().value())
            .setOffset(offset)
            .setDevice(ref(about))
            .build());
  }

  private VerifyEpochAccessResponse verify(
      TestDevice asking, TestDevice about, long from, long to) {
    return asking
        .access()
        .verifyEpochAccess(VerifyEpochAccessRequest.newBuilder()
            .setGroupId(group.id().value())
            .setMemberId(about.address().member().value())
            .setFromEpoch(from)
            .setToEpoch(to)
            .build());
  }

  private static DeviceRef ref(TestDevice device) {
    return DeviceMapping.address(device.address());
  }

  /** The front of a pre-key message to this key, and noise. */
  static ByteString preKeyMessage(ByteString oneTimeKey) {
    var message = new ByteArrayOutputStream();
    message.write(3);
    message.write(0x0A);
    message.write(32);
    message.writeBytes(oneTimeKey.toByteArray());
    message.writeBytes(new byte[222]);
    return ByteString.copyFrom(message.toByteArray());
  }
}
