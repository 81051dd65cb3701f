package io.karst.edge.device;

import static io.karst.edge.scene.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.domain.device.AccountRole;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestServer;
import io.karst.wire.v1.ClaimKeysRequest;
import io.karst.wire.v1.ClaimedKey;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.KeyRefusal;
import io.karst.wire.v1.ListDevicesRequest;
import io.karst.wire.v1.RegisterDeviceRequest;
import io.karst.wire.v1.SignedKey;
import io.karst.wire.v1.UploadKeysRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registering devices and handing out their keys, and each way in which that can be wrong. */
class DeviceRefusalsIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  @Test
  void aOneTimeKeyIsHandedOutOnceAndNeverTakenAgain() {
    TestDevice ada = SERVER.device("ada");
    TestDevice bo = SERVER.device("bo");
    SignedKey first = claim(bo, ada.address()).getKey();
    assertThat(first.getKeyId()).isEqualTo(1);
    assertThat(claim(bo, ada.address()).getKey().getKeyId()).isEqualTo(2);
    var again = ada.devices()
        .uploadKeys(UploadKeysRequest.newBuilder().addOneTimeKeys(first).build());
    assertThat(again.getRefusalsList()).containsExactly(refusal(1, Reason.ONE_TIME_KEY_USED));
    assertThat(again.getOneTimeKeyCount()).isEqualTo(18);
  }

  @Test
  void aDeviceWithoutOneTimeKeysAnswersWithItsFallbackKey() {
    TestDevice ada = SERVER.device("ada");
    var bare = new TestDevice(SERVER, SERVER.unique("bare"));
    open().registerDevice(bare.registration(token(), 0));
    SignedKey key = claim(ada, bare.address()).getKey();
    assertThat(key.getFallback()).isTrue();
    assertThat(claim(ada, bare.address()).getKey()).isEqualTo(key);
  }

  @Test
  void aKeyThatCannotBeTakenDoesNotKeepOthersOut() {
    TestDevice ada = SERVER.device("ada");
    SignedKey forged = ada.signedKey(21, false).toBuilder()
        .setSignature(ByteString.copyFrom(new byte[64]))
        .build();
    SignedKey other = SERVER.device("bo").signedKey(5, false);
    var conflicting = new TestDevice(SERVER, "nobody").signedKey(900, false).toBuilder();
    var upload = UploadKeysRequest.newBuilder()
        .addOneTimeKeys(forged)
        .addOneTimeKeys(other)
        .addOneTimeKeys(ada.signedKey(22, false))
        .addOneTimeKeys(conflicting)
        .build();
    var response = ada.devices().uploadKeys(upload);
    assertThat(response.getRefusalsList())
        .containsExactlyInAnyOrder(
            refusal(21, Reason.KEY_SIGNATURE_INVALID),
            refusal(5, Reason.KEY_SIGNATURE_INVALID),
            refusal(900, Reason.KEY_SIGNATURE_INVALID));
    assertThat(response.getOneTimeKeyCount()).isEqualTo(21);
    assertThat(ada.devices().uploadKeys(upload).getOneTimeKeyCount()).isEqualTo(21);
  }

  @Test
  void aKeyThatIsNoPointOfTheCurveIsInvalid() {
    TestDevice ada = SERVER.device("ada");
    SignedKey zero = ada.signed(30, new byte[32], false);
    var response = ada.devices()
        .uploadKeys(UploadKeysRequest.newBuilder().addOneTimeKeys(zero).build());
    assertThat(response.getRefusalsList()).containsExactly(refusal(30, Reason.KEY_INVALID));
  }

  @Test
  void registeringAgainIsHarmlessButNotWithOtherKeys() {
    var ada = new TestDevice(SERVER, SERVER.unique("ada"));
    RegisterDeviceRequest registration = ada.registration(token(), 3);
    assertThat(open().registerDevice(registration).getOneTimeKeyCount()).isEqualTo(3);
    assertThat(open().registerDevice(registration).getOneTimeKeyCount()).isEqualTo(3);
    var impostor = new TestDevice(SERVER, ada.address().member().value());
    assertRefused(
        Reason.MEMBER_EXISTS, () -> open().registerDevice(impostor.registration(token(), 3)));
  }

  @Test
  void aRegistrationMustBeCompleteAndSigned() {
    var ada = new TestDevice(SERVER, SERVER.unique("ada"));
    RegisterDeviceRequest good = ada.registration(token(), 3);
    refuses(Reason.FIELD_MISSING, "enrolment_token", good.toBuilder().clearEnrolmentToken());
    refuses(Reason.FIELD_MISSING, "device_list", good.toBuilder().clearDeviceList());
    refuses(Reason.FIELD_MISSING, "fallback_key", good.toBuilder().clearFallbackKey());
    refuses(
        Reason.FIELD_INVALID,
        "enrolment_token",
        good.toBuilder().setEnrolmentToken("x".repeat(4097)));
    refuses(
        Reason.TOO_MANY_ITEMS,
        "one_time_keys",
        good.toBuilder().addAllOneTimeKeys(ada.oneTimeKeys(10, 98)));
    var unsigned = good.toBuilder();
    unsigned.getDeviceListBuilder().setSignature(ByteString.copyFrom(new byte[64]));
    assertRefused(Reason.KEY_SIGNATURE_INVALID, () -> open().registerDevice(unsigned.build()));
    var second = good.toBuilder();
    second.getDeviceListBuilder().setVersion(2).setPreviousHash(ByteString.copyFrom(new byte[32]));
    assertRefused(Reason.DEVICE_LIST_INVALID, () -> open().registerDevice(second.build()));
    assertRefused(
        Reason.ENROLMENT_INVALID,
        () -> open()
            .registerDevice(good.toBuilder().setEnrolmentToken("no.such.token").build()));
  }

  @ParameterizedTest
  @CsvSource({"0, ID_EMPTY", "65, ID_TOO_LONG", "10000, ID_TOO_LONG"})
  void idsInADeviceListAreParsedOnce(int length, Reason reason) {
    var ada = new TestDevice(SERVER, SERVER.unique("ada"));
    var registration = ada.registration(token(), 0).toBuilder();
    registration.getDeviceListBuilder().setMemberId("x".repeat(length));
    refuses(reason, "device_list.member_id", registration);
  }

  @Test
  void devicesOfManyMembersAreListedInOrder() {
    TestDevice ada = SERVER.device("ada");
    TestDevice bo = SERVER.device("bo");
    String first = bo.address().member().value();
    String second = ada.address().member().value();
    var lists = ada.devices()
        .listDevices(ListDevicesRequest.newBuilder()
            .addMemberIds(first)
            .addMemberIds(second)
            .build())
        .getDeviceListsList();
    assertThat(lists).containsExactly(bo.deviceList(), ada.deviceList());
    assertRefused(
        Reason.MEMBER_NOT_FOUND,
        "member_ids[1]",
        () -> ada.devices()
            .listDevices(ListDevicesRequest.newBuilder()
                .addMemberIds(first)
                .addMemberIds(SERVER.unique("nobody"))
                .build()));
    assertRefused(
        Reason.ID_INVALID,
        "member_ids[0]",
        () -> ada.devices()
            .listDevices(ListDevicesRequest.newBuilder().addMemberIds("ö").build()));
    assertRefused(
        Reason.FIELD_MISSING,
        "member_ids",
        () -> ada.devices().listDevices(ListDevicesRequest.getDefaultInstance()));
  }

  @Test
  void aClaimFailsForTheDeviceThatIsNotThereAndForNoOther() {
    TestDevice ada = SERVER.device("ada");
    TestDevice bo = SERVER.device("bo");
    var nobody = DeviceAddress.of(SERVER.unique("nobody"), "phone");
    var tablet = DeviceAddress.of(bo.address().member().value(), "tablet");
    List<ClaimedKey> keys =
        ada.devices().claimKeys(request(nobody, bo.address(), tablet)).getKeysList();
    assertThat(keys).hasSize(3);
    assertThat(keys.get(0).getRefusal().getReason()).isEqualTo("MEMBER_NOT_FOUND");
    assertThat(keys.get(1).getKey().getKeyId()).isEqualTo(1);
    assertThat(keys.get(2).getRefusal().getReason()).isEqualTo("DEVICE_NOT_FOUND");
    assertRefused(
        Reason.FIELD_INVALID,
        "devices[1].device_id",
        () -> ada.devices().claimKeys(request(bo.address(), bo.address())));
  }

  private static ClaimedKey claim(TestDevice claimant, DeviceAddress device) {
    return claimant.devices().claimKeys(request(device)).getKeys(0);
  }

  private static ClaimKeysRequest request(DeviceAddress... devices) {
    var request = ClaimKeysRequest.newBuilder();
    for (DeviceAddress device : devices) {
      request.addDevices(DeviceMapping.address(device));
    }
    return request.build();
  }

  private static void refuses(
      Reason reason, String field, RegisterDeviceRequest.Builder registration) {
    assertRefused(reason, field, () -> open().registerDevice(registration.build()));
  }

  private static DeviceServiceGrpc.DeviceServiceBlockingStub open() {
    return DeviceServiceGrpc.newBlockingStub(SERVER.channel());
  }

  private static String token() {
    return SERVER.enrolmentToken(AccountRole.MEMBER);
  }

  private static KeyRefusal refusal(long keyId, Reason reason) {
    return KeyRefusal.newBuilder().setKeyId(keyId).setReason(reason.name()).build();
  }
}
