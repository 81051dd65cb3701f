package io.karst.edge.device;

import io.karst.actors.member.ChainReply;
import io.karst.actors.member.MemberReply;
import io.karst.actors.member.Members;
import io.karst.domain.device.Device;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.message.Fields;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.ChangeDevicesRequest;
import io.karst.wire.v1.ChangeDevicesResponse;
import io.karst.wire.v1.ListDeviceVersionsRequest;
import io.karst.wire.v1.ListDeviceVersionsResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The methods of {@code DeviceService} that extend a member's chain of devices, and show it. */
record DeviceChanges(Members members, KeyChecks checks) {

  CompletionStage<ListDeviceVersionsResponse> versions(
      Principal principal, ListDeviceVersionsRequest request) {
    MemberId member = Fields.memberId("member_id", request.getMemberId());
    if (request.getAfterVersion() < 0) {
      throw Refusal.ofField(Reason.FIELD_INVALID, "after_version").toException();
    }
    return members
        .chain(member, request.getAfterVersion(), principal.address())
        .thenApply(reply -> reply.match(new Page()));
  }

  private record Page() implements ChainReply.Cases<ListDeviceVersionsResponse> {

    @Override
    public ListDeviceVersionsResponse page(ChainReply.Page page) {
      return ListDeviceVersionsResponse.newBuilder()
          .addAllDeviceLists(page.versions().stream().map(DeviceMapping::list).toList())
          .setNewestVersion(page.newestVersion())
          .setLinkProof(Fields.bytes(page.linkProof()))
          .build();
    }

    @Override
    public ListDeviceVersionsResponse refused(ChainReply.Refused refused) {
      throw new RefusedException(refused.reason());
    }
  }

  CompletionStage<ChangeDevicesResponse> change(Principal principal, ChangeDevicesRequest request) {
    Fields.present("device_list", request.hasDeviceList());
    DeviceList next = DeviceMapping.list(request.getDeviceList());
    List<SignedKey> fallback = request.hasFallbackKey()
        ? List.of(DeviceMapping.fallbackKey(request.getFallbackKey()))
        : List.of();
    if (!request.getLinkProof().isEmpty()) {
      Fields.exactly(Device.LINK_PROOF_LENGTH, "link_proof", request.getLinkProof());
    }
    DeviceAddress by = principal.address();
    if (!next.member().equals(by.member()) || !next.signer().equals(by.device())) {
      throw Refusal.ofField(Reason.SENDER_FORGED, "device_list.signer_device_id")
          .toException();
    }
    return members
        .account(by.member())
        .thenApply(account -> account.match(new NewestDevices()))
        .thenApply(previous -> verified(by, previous, next, fallback, request))
        .thenCompose(command -> members.ask(by.member(), command))
        .thenApply(reply -> reply.match(new Changed()));
  }

  /** Against the newest version as it is; the member's own rules then see whether it still is. */
  private MemberCommand verified(
      DeviceAddress by,
      DeviceList previous,
      DeviceList next,
      List<SignedKey> fallback,
      ChangeDevicesRequest request) {
    var command = new MemberCommand.ChangeDevices(
        by, previous, next, fallback, Fields.bytes(request.getLinkProof()));
    if (previous.equals(next)) {
      return command;
    }
    boolean stale = next.version() != previous.version() + 1;
    if (stale) {
      throw new RefusedException(Reason.DEVICE_LIST_STALE);
    }
    checks.requireNext(previous, next);
    for (DeviceIdentity device : next.devices()) {
      boolean added = previous.device(device.device()).isEmpty();
      fallback.stream()
          .filter(key -> added)
          .forEach(
              key -> checks.require(next, new DeviceAddress(by.member(), device.device()), key));
    }
    return command;
  }

  private record Changed() implements MemberReply.Cases<ChangeDevicesResponse> {

    @Override
    public ChangeDevicesResponse done(MemberReply.Done reply) {
      return ChangeDevicesResponse.getDefaultInstance();
    }

    @Override
    public ChangeDevicesResponse refused(MemberReply.Refused reply) {
      throw new RefusedException(reply.reason());
    }

    @Override
    public ChangeDevicesResponse stored(MemberReply.Stored reply) {
      throw new IllegalStateException("no answer to a change of devices: " + reply);
    }

    @Override
    public ChangeDevicesResponse claimed(MemberReply.Claimed reply) {
      throw new IllegalStateException("no answer to a change of devices");
    }
  }
}
