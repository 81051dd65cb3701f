package io.karst.edge.message;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.InboxItem;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.wire.v1.DeviceRef;
import io.karst.wire.v1.KeysLow;
import io.karst.wire.v1.SealedKeyItem;
import java.util.List;

/** Devices, their keys and their inboxes. */
public final class DeviceMapping {

  private DeviceMapping() {}

  public static DeviceAddress address(DeviceRef message) {
    return Fields.address(message.getMemberId(), message.getDeviceId());
  }

  /** Reads the field {@code device}. */
  public static DeviceAddress device(DeviceRef message) {
    return Fields.inside("device", () -> address(message));
  }

  public static DeviceRef address(DeviceAddress address) {
    return DeviceRef.newBuilder()
        .setMemberId(address.member().value())
        .setDeviceId(address.device().value())
        .build();
  }

  /** Reads a list; says nothing of its signature. */
  public static DeviceList list(io.karst.wire.v1.DeviceList message) {
    return Fields.inside("device_list", () -> parts(message));
  }

  private static DeviceList parts(io.karst.wire.v1.DeviceList message) {
    var member = Fields.memberId("member_id", message.getMemberId());
    long version = Fields.atLeast(1, "version", message.getVersion());
    List<DeviceIdentity> devices = Fields.nonEmpty(
        "devices", DeviceList.DEVICES_MAX, message.getDevicesList(), DeviceMapping::identity);
    var signer = Fields.deviceId("signer_device_id", message.getSignerDeviceId());
    var signature = Fields.exactly(Fields.SIGNATURE_LENGTH, "signature", message.getSignature());
    var previousHash = Fields.bytes(message.getPreviousHash());
    return Fields.fitting(
        Reason.DEVICE_LIST_INVALID,
        () -> new DeviceList(member, version, previousHash, devices, signer, signature));
  }

  public static io.karst.wire.v1.DeviceList list(DeviceList list) {
    return io.karst.wire.v1.DeviceList.newBuilder()
        .setMemberId(list.member().value())
        .setVersion(list.version())
        .setPreviousHash(Fields.bytes(list.previousHash()))
        .addAllDevices(list.devices().stream().map(DeviceMapping::identity).toList())
        .setSignerDeviceId(list.signer().value())
        .setSignature(Fields.bytes(list.signature()))
        .build();
  }

  static DeviceIdentity identity(io.karst.wire.v1.DeviceIdentity message) {
    return new DeviceIdentity(
        Fields.deviceId("device_id", message.getDeviceId()),
        Fields.exactly(Fields.HASH_LENGTH, "ed25519_key", message.getEd25519Key()),
        Fields.exactly(Fields.HASH_LENGTH, "curve25519_key", message.getCurve25519Key()));
  }

  static io.karst.wire.v1.DeviceIdentity identity(DeviceIdentity identity) {
    return io.karst.wire.v1.DeviceIdentity.newBuilder()
        .setDeviceId(identity.device().value())
        .setEd25519Key(Fields.bytes(identity.ed25519Key()))
        .setCurve25519Key(Fields.bytes(identity.curve25519Key()))
        .build();
  }

  /** Reads a one-time or fallback key; says nothing of its signature. */
  public static SignedKey key(io.karst.wire.v1.SignedKey message) {
    if (message.getKeyId() < 0) {
      throw Fields.invalid("key_id");
    }
    return new SignedKey(
        message.getKeyId(),
        Fields.exactly(Fields.HASH_LENGTH, "curve25519_key", message.getCurve25519Key()),
        message.getFallback(),
        Fields.exactly(Fields.SIGNATURE_LENGTH, "signature", message.getSignature()));
  }

  /** Reads the field {@code fallback_key}. */
  public static SignedKey fallbackKey(io.karst.wire.v1.SignedKey message) {
    return Fields.inside("fallback_key", () -> key(message));
  }

  public static io.karst.wire.v1.SignedKey key(SignedKey key) {
    return io.karst.wire.v1.SignedKey.newBuilder()
        .setKeyId(key.keyId())
        .setCurve25519Key(Fields.bytes(key.curve25519Key()))
        .setFallback(key.fallback())
        .setSignature(Fields.bytes(key.signature()))
        .build();
  }

  public static io.karst.wire.v1.InboxItem item(InboxItem item) {
    var message = io.karst.wire.v1.InboxItem.newBuilder().setSequence(item.sequence());
    return item.match(new InboxItem.Cases<>() {
      @Override
      public io.karst.wire.v1.InboxItem sealedEpochKey(InboxItem.SealedEpochKey sealed) {
        return message.setSealedKey(sealedKey(sealed)).build();
      }

      @Override
      public io.karst.wire.v1.InboxItem keysLow(InboxItem.KeysLow low) {
        return message
            .setKeysLow(KeysLow.newBuilder().setOneTimeKeyCount(low.left()))
            .build();
      }

      @Override
      public io.karst.wire.v1.InboxItem keysShared(InboxItem.KeysShared shared) {
        return message.setKeyShare(HistoryMapping.share(shared.share())).build();
      }

      @Override
      public io.karst.wire.v1.InboxItem keysRequested(InboxItem.KeysRequested requested) {
        return message
            .setKeyRequest(HistoryMapping.request(requested.request()))
            .build();
      }
    });
  }

  private static SealedKeyItem sealedKey(InboxItem.SealedEpochKey item) {
    return SealedKeyItem.newBuilder()
        .setGroupId(item.group().value())
        .setEpoch(item.epoch())
        .setCommitterMemberId(item.committer().member().value())
        .setCommitterDeviceId(item.committer().device().value())
        .setSealedKey(EpochMapping.sealedKey(item.key()))
        .build();
  }
}
