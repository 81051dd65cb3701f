package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.owner.OwnerLog;
import io.karst.domain.owner.OwnerMessage;
import io.karst.domain.owner.SentMessage;
import io.karst.journal.v1.GroupSnapshot;
import io.karst.journal.v1.OwnerDevicesNoted;
import io.karst.journal.v1.OwnerMessageSent;
import java.util.Optional;

/** Devices, their public keys, and the log that they share, to and from protobuf. */
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
    MemberId member = Fields.read("member_id", () -> new MemberId(list.getMemberId()));
    if (!member.equals(owner)) {
      throw new CorruptRecord("member_id", "another member's");
    }
    return new DeviceList(
        member,
        list.getVersion(),
        Fields.bytes(list.getPreviousHash()),
        readAll("devices", list.getDevicesCount(), i -> identity(list.getDevices(i))),
        Fields.read("signer_device_id", () -> new DeviceId(list.getSignerDeviceId())),
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

  static OwnerDevicesNoted write(DeviceList list) {
    return OwnerDevicesNoted.newBuilder().setDeviceList(deviceList(list)).build();
  }

  static DeviceList read(OwnerDevicesNoted event) {
    return Fields.read("device_list", () -> list(event.getDeviceList()));
  }

  static OwnerMessageSent write(OwnerMessage message) {
    return OwnerMessageSent.newBuilder()
        .setBy(Fields.actor(message.sender()))
        .setClientId(Fields.bytes(message.clientId().value()))
        .setDeviceListVersion(message.deviceListVersion())
        .addAllCopies(message.copies().stream().map(DeviceFields::copy).toList())
        .setSignature(Fields.bytes(message.signature()))
        .build();
  }

  static OwnerMessage read(OwnerMessageSent event) {
    return new OwnerMessage(
        Fields.read("by", () -> Fields.address(event.getBy())),
        Fields.read("client_id", () -> new ClientId(Fields.bytes(event.getClientId()))),
        event.getDeviceListVersion(),
        readAll("copies", event.getCopiesCount(), i -> copy(event.getCopies(i))),
        Fields.bytes(event.getSignature()));
  }

  static void write(OwnerLog log, GroupSnapshot.Builder target) {
    log.devices().map(DeviceFields::deviceList).ifPresent(target::setOwnerDevices);
    log.recent().stream().map(DeviceFields::sent).forEach(target::addOwnerMessages);
  }

  static OwnerLog read(GroupSnapshot snapshot) {
    return new OwnerLog(
        snapshot.hasOwnerDevices()
            ? Optional.of(Fields.read("owner_devices", () -> list(snapshot.getOwnerDevices())))
            : Optional.empty(),
        readAll(
            "owner_messages",
            snapshot.getOwnerMessagesCount(),
            i -> sent(snapshot.getOwnerMessages(i))));
  }

  private static DeviceList list(io.karst.journal.v1.DeviceList list) {
    return deviceList(Fields.read("member_id", () -> new MemberId(list.getMemberId())), list);
  }

  private static io.karst.journal.v1.OwnerCopy copy(OwnerCopy copy) {
    return io.karst.journal.v1.OwnerCopy.newBuilder()
        .setDeviceId(copy.to().value())
        .setOlmType(copy.olmType())
        .setOlmMessage(Fields.bytes(copy.olmMessage()))
        .build();
  }

  private static OwnerCopy copy(io.karst.journal.v1.OwnerCopy copy) {
    return new OwnerCopy(
        new DeviceId(copy.getDeviceId()), copy.getOlmType(), Fields.bytes(copy.getOlmMessage()));
  }

  private static GroupSnapshot.OwnerSent sent(SentMessage message) {
    return GroupSnapshot.OwnerSent.newBuilder()
        .setDeviceId(message.by().value())
        .setClientId(Fields.bytes(message.clientId().value()))
        .setOffset(message.offset())
        .setAcceptedAtMillis(Fields.millis(message.acceptedAt()))
        .build();
  }

  private static SentMessage sent(GroupSnapshot.OwnerSent message) {
    return new SentMessage(
        new DeviceId(message.getDeviceId()),
        new ClientId(Fields.bytes(message.getClientId())),
        Fields.notNegative(message.getOffset()),
        Fields.time(message.getAcceptedAtMillis()));
  }
}
