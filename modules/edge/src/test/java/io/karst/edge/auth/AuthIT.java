package io.karst.edge.auth;

import static io.karst.edge.scene.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.domain.device.AccountRole;
import io.karst.domain.refusal.Reason;
import io.karst.edge.scene.Refusals;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.wire.v1.AuthServiceGrpc;
import io.karst.wire.v1.CreateChallengeRequest;
import io.karst.wire.v1.CreateTokenRequest;
import io.karst.wire.v1.FetchInboxRequest;
import io.karst.wire.v1.GetGroupRequest;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.ReplayRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what. */
class AuthIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  @Test
  void aCallNeedsAToken() {
    var groups = GroupServiceGrpc.newBlockingStub(SERVER.channel());
    assertRefused(
        Reason.UNAUTHENTICATED, () -> groups.getGroup(GetGroupRequest.getDefaultInstance()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ."})
  void aTokenOfNobodysIsRefused(String token) {
    var groups = TestDevice.authorized(GroupServiceGrpc.newBlockingStub(SERVER.channel()), token);
    assertRefused(
        Reason.UNAUTHENTICATED, () -> groups.getGroup(GetGroupRequest.getDefaultInstance()));
  }

  @Test
  void anEnrolmentTokenOpensNothingButAnAccount() {
    String enrolment = SERVER.enrolmentToken(AccountRole.AUDITOR);
    var groups =
        TestDevice.authorized(GroupServiceGrpc.newBlockingStub(SERVER.channel()), enrolment);
    assertRefused(
        Reason.UNAUTHENTICATED, () -> groups.getGroup(GetGroupRequest.getDefaultInstance()));
  }

  @Test
  void aDeviceThatIsNotThereIsAnsweredAsOneWithAWrongSignature() {
    TestDevice ada = SERVER.device("ada");
    var nobody = new TestDevice(SERVER, SERVER.unique("nobody"));
    var wrong = ada.answer(challenge(ada)).toBuilder()
        .setSignature(ByteString.copyFrom(new byte[64]))
        .build();
    var registered = Refusals.status(() -> auth().createToken(wrong));
    var missing = Refusals.status(() -> auth().createToken(nobody.answer(challenge(nobody))));
    assertThat(missing.toByteString()).isEqualTo(registered.toByteString());
    assertThat(missing.getMessage()).isEqualTo("PROOF_INVALID");
  }

  @Test
  void aChallengeIsAnsweredOnceByItsDevice() {
    TestDevice ada = SERVER.device("ada");
    TestDevice bo = SERVER.device("bo");
    ByteString challenge = challenge(ada);
    assertRefused(Reason.CHALLENGE_INVALID, () -> auth().createToken(bo.answer(challenge)));
    CreateTokenRequest answer = ada.answer(challenge);
    assertThat(auth().createToken(answer).getToken()).isNotEmpty();
    assertRefused(Reason.CHALLENGE_INVALID, () -> auth().createToken(answer));
  }

  @Test
  void aWrongAnswerLeavesTheChallengeOpen() {
    TestDevice ada = SERVER.device("ada");
    CreateTokenRequest answer = ada.answer(challenge(ada));
    byte[] signature = answer.getSignature().toByteArray();
    signature[5] ^= 1;
    assertRefused(
        Reason.PROOF_INVALID,
        () -> auth()
            .createToken(
                answer.toBuilder().setSignature(ByteString.copyFrom(signature)).build()));
    assertThat(auth().createToken(answer).getToken()).isNotEmpty();
  }

  @Test
  void anAuditorAuditsAndDoesNothingElse() {
    TestDevice auditor = SERVER.auditor();
    TestDevice ada = SERVER.device("ada");
    TestGroup group = TestGroup.created(ada);
    var get = GetGroupRequest.newBuilder().setGroupId(group.id().value()).build();
    var replay = ReplayRequest.newBuilder().setGroupId(group.id().value()).build();
    assertRefused(Reason.PERMISSION_DENIED, () -> auditor.groups().getGroup(get));
    assertRefused(
        Reason.PERMISSION_DENIED,
        () -> auditor.delivery().fetchInbox(FetchInboxRequest.getDefaultInstance()));
    assertRefused(Reason.PERMISSION_DENIED, () -> ada.audit().replay(replay).next());
    assertThat(auditor.audit().replay(replay).next().getRecordsList()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, ID_EMPTY", "65, ID_TOO_LONG", "10000, ID_TOO_LONG"})
  void idsAreParsedOnce(int length, Reason reason) {
    String id = "x".repeat(length);
    var member =
        CreateChallengeRequest.newBuilder().setMemberId(id).setDeviceId("phone").build();
    var device =
        CreateChallengeRequest.newBuilder().setMemberId("ada").setDeviceId(id).build();
    assertRefused(reason, "member_id", () -> auth().createChallenge(member));
    assertRefused(reason, "device_id", () -> auth().createChallenge(device));
  }

  private static ByteString challenge(TestDevice device) {
    return auth()
        .createChallenge(CreateChallengeRequest.newBuilder()
            .setMemberId(device.address().member().value())
            .setDeviceId(device.address().device().value())
            .build())
        .getChallenge();
  }

  private static AuthServiceGrpc.AuthServiceBlockingStub auth() {
    return AuthServiceGrpc.newBlockingStub(SERVER.channel());
  }
}
