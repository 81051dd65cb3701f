package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.device.DeviceList;
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

/** The log of a member's own devices to and from protobuf. */
final class OwnerFields {

  private OwnerFields() {}

  static OwnerDevicesNoted write(DeviceList list) {
    return OwnerDevicesNoted.newBuilder()
        .setDeviceList(DeviceFields.deviceList(list))
        .build();
  }

  static DeviceList read(OwnerDevicesNoted event) {
    return Fields.read("device_list", () -> list(event.getDeviceList()));
  }

  static OwnerMessageSent write(OwnerMessage message) {
    return OwnerMessageSent.newBuilder()
        .setBy(Fields.actor(message.sender()))
        .setClientId(Fields.bytes(message.clientId().value()))
        .setDeviceListVersion(message.deviceListVersion())
        .addAllCopies(message.copies().stream().map(OwnerFields::copy).toList())
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
    log.recent().stream().map(OwnerFields::sent).forEach(target::addOwnerMessages);
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
    return DeviceFields.deviceList(
        Fields.read("member_id", () -> new MemberId(list.getMemberId())), list);
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
