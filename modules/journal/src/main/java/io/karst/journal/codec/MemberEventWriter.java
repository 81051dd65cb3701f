package io.karst.journal.codec;

import io.karst.domain.device.MemberEvent;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.GroupId;
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

/** Puts an event into the record that {@code target} builds. */
record MemberEventWriter(MemberRecord.Builder target)
    implements MemberEvent.Cases<MemberRecord.Builder> {

  @Override
  public MemberRecord.Builder memberRegistered(MemberEvent.MemberRegistered event) {
    return target.setMemberRegistered(MemberRegistered.newBuilder()
        .setDeviceList(DeviceFields.deviceList(event.list()))
        .setRole(event.role().number())
        .setFallbackKey(DeviceFields.signedKey(event.fallbackKey())));
  }

  @Override
  public MemberRecord.Builder devicesChanged(MemberEvent.DevicesChanged event) {
    DevicesChanged.Builder changed = DevicesChanged.newBuilder()
        .setDeviceList(DeviceFields.deviceList(event.list()))
        .setLinkProof(Fields.bytes(event.linkProof()));
    event.fallbackKey().forEach(key -> changed.setFallbackKey(DeviceFields.signedKey(key)));
    return target.setDevicesChanged(changed);
  }

  @Override
  public MemberRecord.Builder groupNoticesChanged(MemberEvent.GroupNoticesChanged event) {
    return target.setGroupNoticesChanged(GroupNoticesChanged.newBuilder()
        .addAllOwedGroupIds(event.owed().stream().map(GroupId::value).toList())
        .addAllToldGroupIds(event.told().stream().map(GroupId::value).toList()));
  }

  @Override
  public MemberRecord.Builder oneTimeKeysAdded(MemberEvent.OneTimeKeysAdded event) {
    return target.setOneTimeKeysAdded(OneTimeKeysAdded.newBuilder()
        .setDeviceId(event.device().value())
        .addAllKeys(event.keys().stream().map(DeviceFields::signedKey).toList()));
  }

  @Override
  public MemberRecord.Builder fallbackKeyReplaced(MemberEvent.FallbackKeyReplaced event) {
    return target.setFallbackKeyReplaced(FallbackKeyReplaced.newBuilder()
        .setDeviceId(event.device().value())
        .setKey(DeviceFields.signedKey(event.key())));
  }

  @Override
  public MemberRecord.Builder oneTimeKeyClaimed(MemberEvent.OneTimeKeyClaimed event) {
    return target.setOneTimeKeyClaimed(OneTimeKeyClaimed.newBuilder()
        .setDeviceId(event.device().value())
        .setClaimant(Fields.actor(event.claimant()))
        .setKeyId(event.keyId()));
  }

  @Override
  public MemberRecord.Builder keysRanLow(MemberEvent.KeysRanLow event) {
    return target.setKeysRanLow(
        KeysRanLow.newBuilder().setDeviceId(event.device().value()).setLeft(event.left()));
  }

  @Override
  public MemberRecord.Builder sealedKeysTaken(MemberEvent.SealedKeysTaken event) {
    SealedKeysTaken.Builder taken = SealedKeysTaken.newBuilder()
        .setGroupId(event.group().value())
        .setEpoch(event.epoch())
        .setCommitter(Fields.actor(event.committer()));
    event
        .keys()
        .forEach(key -> taken.addKeys(DeviceSealedKey.newBuilder()
            .setDeviceId(key.device().device().value())
            .setKey(EpochFields.sealedKey(key))));
    return target.setSealedKeysTaken(taken);
  }

  @Override
  public MemberRecord.Builder keyShareTold(MemberEvent.KeyShareTold event) {
    ToldShare share = event.share();
    return target.setKeyShareTold(KeyShareTold.newBuilder()
        .setDeviceId(event.device().value())
        .setGroupId(share.group().value())
        .setOffset(share.offset())
        .setBy(Fields.actor(share.by()))
        .setFromEpoch(share.fromEpoch())
        .setToEpoch(share.toEpoch()));
  }

  @Override
  public MemberRecord.Builder keysRequested(MemberEvent.KeysRequested event) {
    KeyRequest request = event.request();
    return target.setKeysRequested(KeysRequested.newBuilder()
        .setDeviceId(request.opening().device().device().value())
        .setGroupId(request.group().value())
        .setBy(Fields.actor(request.by()))
        .setFromEpoch(request.fromEpoch())
        .setToEpoch(request.toEpoch())
        .setOpening(EpochFields.sealedKey(request.opening())));
  }

  @Override
  public MemberRecord.Builder inboxAcknowledged(MemberEvent.InboxAcknowledged event) {
    return target.setInboxAcknowledged(InboxAcknowledged.newBuilder()
        .setDeviceId(event.device().value())
        .setUpToSequence(event.upToSequence()));
  }
}
