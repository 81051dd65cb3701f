package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.read;
import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.device.Inbox;
import io.karst.domain.device.InboxItem;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.journal.v1.MemberSnapshot;

/** Inboxes to and from protobuf. */
final class InboxFields {

  private InboxFields() {}

  static MemberSnapshot.InboxItem item(InboxItem item) {
    return item.match(new ItemWriter());
  }

  static MemberSnapshot.TakenEpoch taken(Inbox.TakenEpoch taken) {
    return MemberSnapshot.TakenEpoch.newBuilder()
        .setGroupId(taken.group().value())
        .setEpoch(taken.epoch())
        .setShareOffset(taken.share())
        .build();
  }

  static Inbox inbox(DeviceAddress owner, MemberSnapshot.Device device) {
    return new Inbox(
        readAll("inbox", device.getInboxCount(), i -> item(owner, device.getInbox(i))),
        Fields.notNegative(device.getLastSequence()),
        readAll("taken", device.getTakenCount(), i -> taken(device.getTaken(i))));
  }

  private static InboxItem item(DeviceAddress owner, MemberSnapshot.InboxItem item) {
    return switch (item.getItemCase()) {
      case SEALED_EPOCH_KEY -> sealedKey(owner, item.getSequence(), item.getSealedEpochKey());
      case KEYS_LOW -> new InboxItem.KeysLow(item.getSequence(), item.getKeysLow());
      case KEY_SHARE ->
        new InboxItem.KeysShared(
            item.getSequence(), read("key_share", () -> share(item.getKeyShare())));
      case KEY_REQUEST ->
        new InboxItem.KeysRequested(
            item.getSequence(), read("key_request", () -> request(owner, item.getKeyRequest())));
      case ITEM_NOT_SET -> throw new CorruptRecord("item", "no item that is known");
    };
  }

  private static InboxItem sealedKey(
      DeviceAddress owner, long sequence, MemberSnapshot.SealedEpochKey item) {
    return new InboxItem.SealedEpochKey(
        sequence,
        read("group_id", () -> new GroupId(item.getGroupId())),
        item.getEpoch(),
        read("committer", () -> Fields.address(item.getCommitter())),
        read("key", () -> EpochFields.sealedKey(owner, item.getKey())));
  }

  private static ToldShare share(MemberSnapshot.KeyShare share) {
    return new ToldShare(
        new GroupId(share.getGroupId()),
        share.getOffset(),
        read("by", () -> Fields.address(share.getBy())),
        share.getFromEpoch(),
        share.getToEpoch());
  }

  private static KeyRequest request(DeviceAddress owner, MemberSnapshot.KeyRequest request) {
    return new KeyRequest(
        new GroupId(request.getGroupId()),
        read("by", () -> Fields.address(request.getBy())),
        request.getFromEpoch(),
        request.getToEpoch(),
        read("opening", () -> EpochFields.sealedKey(owner, request.getOpening())));
  }

  private static Inbox.TakenEpoch taken(MemberSnapshot.TakenEpoch taken) {
    return new Inbox.TakenEpoch(
        new GroupId(taken.getGroupId()),
        Fields.notNegative(taken.getEpoch()),
        Fields.notNegative(taken.getShareOffset()));
  }

  /** Writes each kind of item. */
  private record ItemWriter() implements InboxItem.Cases<MemberSnapshot.InboxItem> {

    @Override
    public MemberSnapshot.InboxItem sealedEpochKey(InboxItem.SealedEpochKey item) {
      return MemberSnapshot.InboxItem.newBuilder()
          .setSequence(item.sequence())
          .setSealedEpochKey(MemberSnapshot.SealedEpochKey.newBuilder()
              .setGroupId(item.group().value())
              .setEpoch(item.epoch())
              .setCommitter(Fields.actor(item.committer()))
              .setKey(EpochFields.sealedKey(item.key())))
          .build();
    }

    @Override
    public MemberSnapshot.InboxItem keysLow(InboxItem.KeysLow item) {
      return MemberSnapshot.InboxItem.newBuilder()
          .setSequence(item.sequence())
          .setKeysLow(item.left())
          .build();
    }

    @Override
    public MemberSnapshot.InboxItem keysShared(InboxItem.KeysShared item) {
      ToldShare share = item.share();
      return MemberSnapshot.InboxItem.newBuilder()
          .setSequence(item.sequence())
          .setKeyShare(MemberSnapshot.KeyShare.newBuilder()
              .setGroupId(share.group().value())
              .setOffset(share.offset())
              .setBy(Fields.actor(share.by()))
              .setFromEpoch(share.fromEpoch())
              .setToEpoch(share.toEpoch()))
          .build();
    }

    @Override
    public MemberSnapshot.InboxItem keysRequested(InboxItem.KeysRequested item) {
      KeyRequest request = item.request();
      return MemberSnapshot.InboxItem.newBuilder()
          .setSequence(item.sequence())
          .setKeyRequest(MemberSnapshot.KeyRequest.newBuilder()
              .setGroupId(request.group().value())
              .setBy(Fields.actor(request.by()))
              .setFromEpoch(request.fromEpoch())
              .setToEpoch(request.toEpoch())
              .setOpening(EpochFields.sealedKey(request.opening())))
          .build();
    }
  }
}
