package io.karst.edge.owner;

import static io.karst.edge.scene.OwnerFrames.frame;
import static io.karst.edge.scene.Refusals.assertRefused;
import static io.karst.edge.scene.Refusals.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.refusal.Reason;
import io.karst.edge.scene.Heard;
import io.karst.edge.scene.OwnerFrames;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.edge.scene.TestStream;
import io.karst.proof.statement.DeviceStatements;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.AppendStreamRequest;
import io.karst.wire.v1.AppendStreamResponse;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.OwnerMessage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log of a member's own devices, over a socket. */
class OwnerLogIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  private TestDevice ada;
  private GroupId log;

  @BeforeEach
  void register() {
    ada = SERVER.device("ada");
    log = DeviceStatements.ownerLogId(ada.address().member());
  }

  @Test
  void theFirstMessageOpensTheLogAndARetryGetsItsReceipt() {
    AppendResponse first = append(message("a", 1));
    assertThat(outcomes(first)).containsExactly("");
    assertThat(first.getOutcomes(0).getReceipt().getOffset()).isEqualTo(1);
    assertThat(first.getHead().getSize()).isEqualTo(2);
    assertThat(append(message("a", 1)).getOutcomes(0)).isEqualTo(first.getOutcomes(0));
    assertThat(append(message("b", 1)).getOutcomes(0).getReceipt().getOffset()).isEqualTo(2);
  }

  @Test
  void whoReadsOpensTheLogAndSeesItsDevicesAndMessages() {
    try (TestStream stream = ada.subscribe()) {
      stream.fromBeginning(log);
      append(message("a", 1));
      List<LogEntry> entries = stream.entriesUpTo(1);
      assertThat(entries.get(0).getOwnerDevices().getDeviceList()).isEqualTo(ada.deviceList());
      assertThat(entries.get(1).getOwnerMessage()).isEqualTo(message("a", 1));
    }
  }

  @Test
  void framesOfTheStreamMayBeOwnerMessages() {
    var heard = new Heard<AppendStreamRequest, AppendStreamResponse>(true);
    var requests = ada.groupsAsync().appendStream(heard);
    requests.onNext(framed(3, message("a", 1)));
    requests.onNext(framed(4, message("b", 2)));
    var taken = (AppendStreamResponse) heard.next();
    assertThat(taken.getFrameId()).isEqualTo(3);
    assertThat(outcomes(taken.getAppend())).containsExactly("");
    var stale = (AppendStreamResponse) heard.next();
    assertThat(outcomes(stale.getAppend())).containsExactly("DEVICE_LIST_STALE");
    assertThat(stale.getAppend().getCurrentDevices()).isEqualTo(ada.deviceList());
    requests.onCompleted();
  }

  @Test
  void anotherVersionIsAnsweredWithTheNewestDevices() {
    AppendResponse stale = append(message("a", 2));
    assertThat(outcomes(stale)).containsExactly("DEVICE_LIST_STALE");
    assertThat(stale.getCurrentDevices()).isEqualTo(ada.deviceList());
    assertThat(append(message("a", 1)).hasCurrentDevices()).isFalse();
  }

  @Test
  void aMessageToADeviceThatThereIsNotIsNotTaken() {
    assertThat(outcomes(append(message("a", 1, "attic")))).containsExactly("SEALED_KEYS_MISMATCH");
  }

  @Test
  void somebodyElsesLogDoesNotExist() {
    append(message("a", 1));
    TestDevice bo = SERVER.device("bo");
    OwnerMessage own = message(bo, "a", 1);
    assertRefused(Reason.GROUP_NOT_FOUND, () -> bo.groups().append(frame(log, own)));
    assertRefused(
        Reason.GROUP_NOT_FOUND, () -> bo.groups().append(new TestSession(bo, log, 1).frame(1)));
    TestGroup group = TestGroup.created(bo);
    assertRefused(Reason.GROUP_NOT_FOUND, () -> bo.groups().append(frame(group.id(), own)));
  }

  @Test
  void envelopesOfEpochsAreNotForThisLog() {
    append(message("a", 1));
    assertThat(outcomes(ada.groups().append(new TestSession(ada, log, 1).frame(1))))
        .containsExactly("GROUP_NOT_FOUND");
  }

  @Test
  void nobodySpeaksInTheNameOfAnother() {
    OwnerMessage own = message("a", 1);
    refuses(
        Reason.SENDER_FORGED,
        "owner_message.device_id",
        own.toBuilder().setDeviceId("tablet").build());
    refuses(
        Reason.SENDER_FORGED,
        "owner_message.member_id",
        own.toBuilder().setMemberId("bo").build());
    refuses(
        Reason.SENDER_FORGED,
        "owner_message.signature",
        own.toBuilder().setClientId(ByteString.copyFromUtf8("b")).build());
  }

  @Test
  void eachFieldIsWithinItsBounds() {
    OwnerMessage own = message("a", 1, "attic");
    refuses(
        Reason.TOO_MANY_ITEMS,
        "owner_message.copies",
        message("a", 1, "1", "2", "3", "4", "5", "6", "7", "8"));
    refuses(
        Reason.FIELD_MISSING,
        "owner_message.device_list_version",
        own.toBuilder().setDeviceListVersion(0).build());
    refuses(
        Reason.FIELD_INVALID,
        "owner_message.copies[0].olm_type",
        own.toBuilder().setCopies(0, own.getCopies(0).toBuilder().setOlmType(2)).build());
    refuses(
        Reason.ENVELOPE_TOO_LARGE,
        "owner_message.copies[0].olm_message",
        own.toBuilder()
            .setCopies(
                0,
                own.getCopies(0).toBuilder()
                    .setOlmMessage(ByteString.copyFrom(new byte[OwnerCopy.MESSAGE_MAX + 1])))
            .build());
    refuses(
        Reason.FIELD_MISSING,
        "owner_message.copies[0].olm_message",
        own.toBuilder()
            .setCopies(0, own.getCopies(0).toBuilder().clearOlmMessage())
            .build());
    AppendRequest both =
        new TestSession(ada, log, 1).frame(1).toBuilder().setOwnerMessage(own).build();
    assertRefused(Reason.FIELD_INVALID, "owner_message", () -> ada.groups().append(both));
  }

  private void refuses(Reason reason, String field, OwnerMessage message) {
    assertRefused(reason, field, () -> append(message));
  }

  private AppendResponse append(OwnerMessage message) {
    return ada.groups().append(frame(log, message));
  }

  private AppendStreamRequest framed(long frame, OwnerMessage message) {
    return AppendStreamRequest.newBuilder()
        .setFrameId(frame)
        .setAppend(frame(log, message))
        .build();
  }

  private OwnerMessage message(String clientId, long version, String... to) {
    return message(ada, clientId, version, to);
  }

  private static OwnerMessage message(TestDevice by, String clientId, long version, String... to) {
    List<OwnerCopy> copies = Arrays.stream(to)
        .map(device -> new OwnerCopy(new DeviceId(device), 1, Bytes.copyOf(new byte[20])))
        .toList();
    return OwnerFrames.message(by, clientId, version, copies);
  }
}
