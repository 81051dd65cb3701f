package io.karst.client.wire;

import static io.karst.client.wire.WireBytes.bytes;
import static io.karst.client.wire.WireBytes.valid;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.wire.v1.DeviceRef;

/** Devices and their public keys. */
public final class DeviceWire {

  private DeviceWire() {}

  public static DeviceList deviceList(io.karst.wire.v1.DeviceList wire) {
    return valid(
        "device list",
        () -> new DeviceList(
            new MemberId(wire.getMemberId()),
            wire.getVersion(),
            bytes(wire.getPreviousHash()),
            wire.getDevicesList().stream().map(DeviceWire::identity).toList(),
            new DeviceId(wire.getSignerDeviceId()),
            bytes(wire.getSignature())));
  }

  public static io.karst.wire.v1.DeviceList deviceList(DeviceList list) {
    return io.karst.wire.v1.DeviceList.newBuilder()
        .setMemberId(list.member().value())
        .setVersion(list.version())
        .setPreviousHash(bytes(list.previousHash()))
        .addAllDevices(list.devices().stream().map(DeviceWire::identity).toList())
        .setSignerDeviceId(list.signer().value())
        .setSignature(bytes(list.signature()))
        .build();
  }

  public static SignedKey signedKey(io.karst.wire.v1.SignedKey wire) {
    return valid(
        "signed key",
        () -> new SignedKey(
            wire.getKeyId(),
            bytes(wire.getCurve25519Key()),
            wire.getFallback(),
            bytes(wire.getSignature())));
  }

  public static io.karst.wire.v1.SignedKey signedKey(SignedKey key) {
    return io.karst.wire.v1.SignedKey.newBuilder()
        .setKeyId(key.keyId())
        .setCurve25519Key(bytes(key.curve25519Key()))
        .setFallback(key.fallback())
        .setSignature(bytes(key.signature()))
        .build();
  }

  public static DeviceAddress address(DeviceRef wire) {
    return address(wire.getMemberId(), wire.getDeviceId());
  }

  public static DeviceRef address(DeviceAddress address) {
    return DeviceRef.newBuilder()
        .setMemberId(address.member().value())
        .setDeviceId(address.device().value())
        .build();
  }

  public static DeviceAddress address(String member, String device) {
    return valid("device", () -> DeviceAddress.of(member, device));
  }

  static MemberId member(String member) {
    return valid("member id", () -> new MemberId(member));
  }

  static DeviceId device(String device) {
    return valid("device id", () -> new DeviceId(device));
  }

  static DeviceIdentity identity(io.karst.wire.v1.DeviceIdentity wire) {
    return valid(
        "device identity",
        () -> new DeviceIdentity(
            new DeviceId(wire.getDeviceId()),
            bytes(wire.getEd25519Key()),
            bytes(wire.getCurve25519Key())));
  }

  static io.karst.wire.v1.DeviceIdentity identity(DeviceIdentity identity) {
    return io.karst.wire.v1.DeviceIdentity.newBuilder()
        .setDeviceId(identity.device().value())
        .setEd25519Key(bytes(identity.ed25519Key()))
        .setCurve25519Key(bytes(identity.curve25519Key()))
        .build();
  }
}
