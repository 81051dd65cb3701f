package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.read;
import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.device.MemberEvent;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.journal.v1.DeviceSealedKey;
import io.karst.journal.v1.DevicesChanged;
import io.karst.journal.v1.FallbackKeyReplaced;
import io.karst.journal.v1.GroupNoticesChanged;
import io.karst.journal.v1.InboxAcknowledged;
import io.karst.journal.v1.KeyShareTold;
import io.karst.journal.v1.KeysRanLow;
import io.karst.journal.v1.KeysRequested;
import io.karst.journal.v1.MemberRecord;
import io.karst.journal.v1.MemberRegistered;
import io.karst.journal.v1.OneTimeKeyClaimed;
import io.karst.journal.v1.OneTimeKeysAdded;
import io.karst.journal.v1.SealedKeysTaken;
import java.time.Instant;
import java.util.List;

/** Takes events of one member out of records. */
record MemberEventReader(MemberId member, Instant at) {

  MemberEvent event(MemberRecord record) {
    return switch (record.getEventCase()) {
      case MEMBER_REGISTERED ->
        read("member_registered", () -> registered(record.getMemberRegistered()));
      case ONE_TIME_KEYS_ADDED ->
        read("one_time_keys_added", () -> added(record.getOneTimeKeysAdded()));
      case FALLBACK_KEY_REPLACED ->
        read("fallback_key_replaced", () -> replaced(record.getFallbackKeyReplaced()));
      case ONE_TIME_KEY_CLAIMED ->
        read("one_time_key_claimed", () -> claimed(record.getOneTimeKeyClaimed()));
      case KEYS_RAN_LOW -> read("keys_ran_low", () -> ranLow(record.getKeysRanLow()));
      case SEALED_KEYS_TAKEN -> read("sealed_keys_taken", () -> taken(record.getSealedKeysTaken()));
      case INBOX_ACKNOWLEDGED ->
        read("inbox_acknowledged", () -> acknowledged(record.getInboxAcknowledged()));
      case DEVICES_CHANGED -> read("devices_changed", () -> changed(record.getDevicesChanged()));
      case GROUP_NOTICES_CHANGED ->
        read("group_notices_changed", () -> notices(record.getGroupNoticesChanged()));
      case KEY_SHARE_TOLD -> read("key_share_told", () -> told(record.getKeyShareTold()));
      case KEYS_REQUESTED -> read("keys_requested", () -> requested(record.getKeysRequested()));
      case EVENT_NOT_SET -> throw new CorruptRecord("event", "no event that is known");
    };
  }

  private MemberEvent registered(MemberRegistered event) {
    return new MemberEvent.MemberRegistered(
        read("device_list", () -> DeviceFields.deviceList(member, event.getDeviceList())),
        read("role", () -> Fields.accountRole(event.getRole())),
        read("fallback_key", () -> DeviceFields.signedKey(event.getFallbackKey())),
        at);
  }

  private MemberEvent changed(DevicesChanged event) {
    return new MemberEvent.DevicesChanged(
        read("device_list", () -> DeviceFields.deviceList(member, event.getDeviceList())),
        event.hasFallbackKey()
            ? List.of(read("fallback_key", () -> DeviceFields.signedKey(event.getFallbackKey())))
            : List.of(),
        Fields.bytes(event.getLinkProof()),
        at);
  }

  private MemberEvent notices(GroupNoticesChanged event) {
    return new MemberEvent.GroupNoticesChanged(
        readAll(
            "owed_group_ids",
            event.getOwedGroupIdsCount(),
            i -> new GroupId(event.getOwedGroupIds(i))),
        readAll(
            "told_group_ids",
            event.getToldGroupIdsCount(),
            i -> new GroupId(event.getToldGroupIds(i))),
        at);
  }

  private MemberEvent added(OneTimeKeysAdded event) {
    return new MemberEvent.OneTimeKeysAdded(
        device(event.getDeviceId()),
        readAll("keys", event.getKeysCount(), i -> DeviceFields.signedKey(event.getKeys(i))),
        at);
  }

  private MemberEvent replaced(FallbackKeyReplaced event) {
    return new MemberEvent.FallbackKeyReplaced(
        device(event.getDeviceId()), read("key", () -> DeviceFields.signedKey(event.getKey())), at);
  }

  private MemberEvent claimed(OneTimeKeyClaimed event) {
    return new MemberEvent.OneTimeKeyClaimed(
        device(event.getDeviceId()),
        read("claimant", () -> Fields.address(event.getClaimant())),
        event.getKeyId(),
        at);
  }

  private MemberEvent ranLow(KeysRanLow event) {
    return new MemberEvent.KeysRanLow(device(event.getDeviceId()), event.getLeft(), at);
  }

  private MemberEvent taken(SealedKeysTaken event) {
    return new MemberEvent.SealedKeysTaken(
        read("group_id", () -> new GroupId(event.getGroupId())),
        event.getEpoch(),
        read("committer", () -> Fields.address(event.getCommitter())),
        readAll("keys", event.getKeysCount(), i -> sealedKey(event.getKeys(i))),
        at);
  }

  private SealedKey sealedKey(DeviceSealedKey key) {
    var address = new DeviceAddress(member, device(key.getDeviceId()));
    return read("key", () -> EpochFields.sealedKey(address, key.getKey()));
  }

  private MemberEvent acknowledged(InboxAcknowledged event) {
    return new MemberEvent.InboxAcknowledged(
        device(event.getDeviceId()), event.getUpToSequence(), at);
  }

  private MemberEvent told(KeyShareTold event) {
    var share = new ToldShare(
        read("group_id", () -> new GroupId(event.getGroupId())),
        event.getOffset(),
        read("by", () -> Fields.address(event.getBy())),
        event.getFromEpoch(),
        event.getToEpoch());
    return new MemberEvent.KeyShareTold(device(event.getDeviceId()), share, at);
  }

  private MemberEvent requested(KeysRequested event) {
    var asked = new DeviceAddress(member, device(event.getDeviceId()));
    var request = new KeyRequest(
        read("group_id", () -> new GroupId(event.getGroupId())),
        read("by", () -> Fields.address(event.getBy())),
        event.getFromEpoch(),
        event.getToEpoch(),
        read("opening", () -> EpochFields.sealedKey(asked, event.getOpening())));
    return new MemberEvent.KeysRequested(request, at);
  }

  private static DeviceId device(String id) {
    return read("device_id", () -> new DeviceId(id));
  }
}
