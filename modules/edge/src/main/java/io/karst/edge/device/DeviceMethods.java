package io.karst.edge.device;

import io.grpc.ServerServiceDefinition;
import io.karst.actors.member.MemberReply;
import io.karst.actors.member.Members;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.KeyStock;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.auth.Enrolment;
import io.karst.edge.auth.EnrolmentTokens;
import io.karst.edge.call.AnswerRoom;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.call.StrictService;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.message.Fields;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.ClaimKeysRequest;
import io.karst.wire.v1.ClaimKeysResponse;
import io.karst.wire.v1.ClaimedKey;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.ListDevicesRequest;
import io.karst.wire.v1.ListDevicesResponse;
import io.karst.wire.v1.RegisterDeviceRequest;
import io.karst.wire.v1.RegisterDeviceResponse;
import io.karst.wire.v1.UploadKeysRequest;
import io.karst.wire.v1.UploadKeysResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The methods of {@code DeviceService}. */
public final class DeviceMethods {

  /** The largest roster: one call serves one commit. */
  private static final int NAMED_MAX = 1000;

  /**
   * Claims of one call under way at once: enough to keep every shard busy, too few to crowd others
   * out.
   */
  private static final int CLAIMS_IN_FLIGHT_MAX = 32;

  private final Members members;
  private final EnrolmentTokens enrolment;
  private final KeyChecks checks;
  private final DeviceChanges changes;

  public DeviceMethods(Members members, EnrolmentTokens enrolment, KeyChecks checks) {
    this.members = members;
    this.enrolment = enrolment;
    this.checks = checks;
    this.changes = new DeviceChanges(members, checks);
  }

  public ServerServiceDefinition bind(Failures failures) {
    return new StrictService(DeviceServiceGrpc.getServiceDescriptor(), failures)
        .open(DeviceServiceGrpc.getRegisterDeviceMethod(), this::registerDevice)
        .unary(DeviceServiceGrpc.getUploadKeysMethod(), this::uploadKeys)
        .unary(DeviceServiceGrpc.getListDevicesMethod(), this::listDevices)
        .unary(DeviceServiceGrpc.getListDeviceVersionsMethod(), changes::versions)
        .unary(DeviceServiceGrpc.getChangeDevicesMethod(), changes::change)
        .unary(DeviceServiceGrpc.getClaimKeysMethod(), this::claimKeys)
        .build();
  }

  private CompletionStage<RegisterDeviceResponse> registerDevice(RegisterDeviceRequest request) {
    String token =
        Fields.text(EnrolmentTokens.LENGTH_MAX, "enrolment_token", request.getEnrolmentToken());
    Fields.present("device_list", request.hasDeviceList());
    Fields.present("fallback_key", request.hasFallbackKey());
    DeviceList list = DeviceMapping.list(request.getDeviceList());
    List<SignedKey> keys = oneTimeKeys(request.getOneTimeKeysList());
    SignedKey fallback = DeviceMapping.fallbackKey(request.getFallbackKey());
    return enrolment
        .verify(token)
        .thenCompose(allowed -> register(allowed, list, keys, fallback))
        .thenApply(DeviceMethods::registered);
  }

  private CompletionStage<MemberReply> register(
      Enrolment allowed, DeviceList list, List<SignedKey> keys, SignedKey fallback) {
    if (!allowed.allows(list.member())) {
      throw new RefusedException(Reason.ENROLMENT_INVALID);
    }
    checks.requireFirst(list);
    var device = new DeviceAddress(list.member(), list.signer());
    keys.forEach(key -> checks.require(list, device, key));
    checks.require(list, device, fallback);
    var registration = new MemberCommand.Register(device, list, allowed.role(), keys, fallback);
    return allowed.reset() ? reset(registration) : members.ask(list.member(), registration);
  }

  /** Such a token also enrols a member that never was: it may have been made beforehand. */
  private CompletionStage<MemberReply> reset(MemberCommand.Register registration) {
    MemberId member = registration.list().member();
    return members
        .ask(member, new MemberCommand.StartOver(registration))
        .thenCompose(reply -> reply.equals(new MemberReply.Refused(Reason.MEMBER_NOT_FOUND))
            ? members.ask(member, registration)
            : CompletableFuture.completedStage(reply));
  }

  private static RegisterDeviceResponse registered(MemberReply reply) {
    MemberReply.Stored stored = reply.match(new StoredOrRefused());
    return RegisterDeviceResponse.newBuilder()
        .setOneTimeKeyCount(stored.oneTimeKeys())
        .build();
  }

  private CompletionStage<UploadKeysResponse> uploadKeys(
      Principal principal, UploadKeysRequest request) {
    List<SignedKey> keys = oneTimeKeys(request.getOneTimeKeysList());
    List<SignedKey> fallback = request.hasFallbackKey()
        ? List.of(DeviceMapping.fallbackKey(request.getFallbackKey()))
        : List.of();
    var intake = new UploadIntake(checks, principal);
    var command = new MemberCommand.UploadKeys(
        principal.address(), intake.acceptable(keys), intake.acceptable(fallback));
    return members
        .ask(principal.address().member(), command)
        .thenApply(reply -> intake.response(reply.match(new StoredOrRefused())));
  }

  private static List<SignedKey> oneTimeKeys(List<io.karst.wire.v1.SignedKey> messages) {
    return Fields.list("one_time_keys", KeyStock.ONE_TIME_KEYS_MAX, messages, DeviceMapping::key);
  }

  private CompletionStage<ListDevicesResponse> listDevices(
      Principal principal, ListDevicesRequest request) {
    List<MemberId> named = Fields.nonEmpty(
        "member_ids", NAMED_MAX, request.getMemberIdsList(), id -> Fields.memberId("", id));
    return members
        .registered(new HashSet<>(named))
        .thenApply(lists -> ListDevicesResponse.newBuilder()
            .addAllDeviceLists(inOrder(named, lists))
            .build());
  }

  /** As many as one answer has room for. */
  static List<io.karst.wire.v1.DeviceList> inOrder(
      List<MemberId> named, Map<MemberId, DeviceList> lists) {
    var messages = new ArrayList<io.karst.wire.v1.DeviceList>(named.size());
    var room = new AnswerRoom();
    for (MemberId member : named) {
      DeviceList list = lists.get(member);
      if (list == null) {
        String field = "member_ids[" + messages.size() + "]";
        throw Refusal.ofField(Reason.MEMBER_NOT_FOUND, field).toException();
      }
      io.karst.wire.v1.DeviceList message = DeviceMapping.list(list);
      if (!room.take(message)) {
        break;
      }
      messages.add(message);
    }
    return messages;
  }

  private CompletionStage<ClaimKeysResponse> claimKeys(
      Principal principal, ClaimKeysRequest request) {
    var seen = new HashSet<DeviceAddress>();
    List<DeviceAddress> devices =
        Fields.nonEmpty("devices", NAMED_MAX, request.getDevicesList(), named -> {
          DeviceAddress device = DeviceMapping.address(named);
          if (!seen.add(device)) {
            throw Refusal.ofField(Reason.FIELD_INVALID, "device_id").toException();
          }
          return device;
        });
    return Lanes.map(CLAIMS_IN_FLIGHT_MAX, devices, device -> claim(device, principal.address()))
        .thenApply(keys -> ClaimKeysResponse.newBuilder().addAllKeys(keys).build());
  }

  private CompletionStage<ClaimedKey> claim(DeviceAddress device, DeviceAddress claimant) {
    return members
        .ask(device.member(), new MemberCommand.ClaimKey(device, claimant))
        .thenApply(reply -> reply.match(new ClaimOutcome(device)));
  }
}
