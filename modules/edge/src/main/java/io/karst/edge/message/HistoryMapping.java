package io.karst.edge.message;

import io.karst.domain.epoch.SealedKey;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.KeyShare;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.FetchKeyShareResponse;
import io.karst.wire.v1.KeyRequestItem;
import io.karst.wire.v1.KeyRequestTarget;
import io.karst.wire.v1.KeyShareItem;
import io.karst.wire.v1.RequestKeysRequest;
import io.karst.wire.v1.ShareHistoryRequest;
import java.util.List;

/** Shares of keys, and requests for them. */
public final class HistoryMapping {

  private HistoryMapping() {}

  /** Reads what the calling device gives. */
  public static KeyShare share(DeviceAddress by, ShareHistoryRequest message) {
    DeviceAddress to = Fields.address(message.getMemberId(), message.getDeviceId());
    long from = Fields.atLeast(1, "from_epoch", message.getFromEpoch());
    long until = lastEpoch(from, message.getToEpoch());
    int olmType = olmType(message.getOlmType());
    var olm = Fields.upTo(KeyShare.MESSAGE_MAX, "olm_message", message.getOlmMessage());
    return new KeyShare(by, to, from, until, olmType, olm);
  }

  /** Reads what the calling device asks, of each target. */
  public static List<KeyRequest> requests(DeviceAddress by, RequestKeysRequest message) {
    GroupId group = Fields.groupId(message.getGroupId());
    long from = Fields.atLeast(1, "from_epoch", message.getFromEpoch());
    long until = lastEpoch(from, message.getToEpoch());
    return Fields.nonEmpty(
        "targets",
        KeyRequest.TARGETS_MAX,
        message.getTargetsList(),
        target -> new KeyRequest(group, by, from, until, opening(target)));
  }

  private static SealedKey opening(KeyRequestTarget message) {
    return new SealedKey(
        Fields.address(message.getMemberId(), message.getDeviceId()),
        olmType(message.getOlmType()),
        Fields.upTo(SealedKey.MESSAGE_MAX, "olm_message", message.getOlmMessage()));
  }

  private static long lastEpoch(long from, long to) {
    Fields.atLeast(1, "to_epoch", to);
    if (to < from) {
      throw Fields.invalid("to_epoch");
    }
    return to;
  }

  private static int olmType(int type) {
    if (type < 0 || type > 1) {
      throw Fields.invalid("olm_type");
    }
    return type;
  }

  public static FetchKeyShareResponse response(KeyShare share) {
    return FetchKeyShareResponse.newBuilder()
        .setByMemberId(share.by().member().value())
        .setByDeviceId(share.by().device().value())
        .setFromEpoch(share.fromEpoch())
        .setToEpoch(share.toEpoch())
        .setOlmType(share.olmType())
        .setOlmMessage(Fields.bytes(share.olmMessage()))
        .build();
  }

  static KeyShareItem share(ToldShare share) {
    return KeyShareItem.newBuilder()
        .setGroupId(share.group().value())
        .setOffset(share.offset())
        .setByMemberId(share.by().member().value())
        .setByDeviceId(share.by().device().value())
        .setFromEpoch(share.fromEpoch())
        .setToEpoch(share.toEpoch())
        .build();
  }

  static KeyRequestItem request(KeyRequest request) {
    return KeyRequestItem.newBuilder()
        .setGroupId(request.group().value())
        .setByMemberId(request.by().member().value())
        .setByDeviceId(request.by().device().value())
        .setFromEpoch(request.fromEpoch())
        .setToEpoch(request.toEpoch())
        .setOlmType(request.opening().olmType())
        .setOlmMessage(Fields.bytes(request.opening().olmMessage()))
        .build();
  }
}
