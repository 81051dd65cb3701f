package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.read;
import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;

/** Devices and their public keys to and from protobuf. */
final class DeviceFields {

  private DeviceFields() {}

  static io.karst.journal.v1.DeviceList deviceList(DeviceList list) {
    return io.karst.journal.v1.DeviceList.newBuilder()
        .setMemberId(list.member().value())
        .setVersion(list.version())
        .setPreviousHash(Fields.bytes(list.previousHash()))
        .addAllDevices(list.devices().stream().map(DeviceFields::identity).toList())
        .setSignerDeviceId(list.signer().value())
        .setSignature(Fields.bytes(list.signature()))
        .build();
  }

  static DeviceList deviceList(MemberId owner, io.karst.journal.v1.DeviceList list) {
    MemberId member = read("member_id", () -> new MemberId(list.getMemberId()));
    if (!member.equals(owner)) {
      throw new CorruptRecord("member_id", "another member's");
    }
    return new DeviceList(
        member,
        list.getVersion(),
        Fields.bytes(list.getPreviousHash()),
        readAll("devices", list.getDevicesCount(), i -> identity(list.getDevices(i))),
        read("signer_device_id", () -> new DeviceId(list.getSignerDeviceId())),
        Fields.bytes(list.getSignature()));
  }

  static io.karst.journal.v1.SignedKey signedKey(SignedKey key) {
    return io.karst.journal.v1.SignedKey.newBuilder()
        .setKeyId(key.keyId())
        .setCurve25519Key(Fields.bytes(key.curve25519Key()))
        .setFallback(key.fallback())
        .setSignature(Fields.bytes(key.signature()))
        .build();
  }

  static SignedKey signedKey(io.karst.journal.v1.SignedKey key) {
    return new SignedKey(
        key.getKeyId(),
        Fields.bytes(key.getCurve25519Key()),
        key.getFallback(),
        Fields.bytes(key.getSignature()));
  }

  private static io.karst.journal.v1.DeviceIdentity identity(DeviceIdentity identity) {
    return io.karst.journal.v1.DeviceIdentity.newBuilder()
        .setDeviceId(identity.device().value())
        .setEd25519Key(Fields.bytes(identity.ed25519Key()))
        .setCurve25519Key(Fields.bytes(identity.curve25519Key()))
        .build();
  }

  private static DeviceIdentity identity(io.karst.journal.v1.DeviceIdentity identity) {
    return new DeviceIdentity(
        new DeviceId(identity.getDeviceId()),
        Fields.bytes(identity.getEd25519Key()),
        Fields.bytes(identity.getCurve25519Key()));
  }
}
