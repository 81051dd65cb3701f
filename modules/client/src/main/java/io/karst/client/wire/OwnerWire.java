package io.karst.client.wire;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.owner.OwnerMessage;
import io.karst.proof.statement.OwnerHeader;
import io.karst.proof.statement.OwnerStatements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Messages to a member's own devices. */
public final class OwnerWire {

  private OwnerWire() {}

  /** What everybody sees of a message. The hash of what was shown whole is computed here. */
  static OwnerHeader header(io.karst.wire.v1.OwnerMessage wire) {
    Map<DeviceId, Bytes> hashes = new HashMap<>();
    for (var copy : wire.getCopiesList()) {
      hashes.put(
          DeviceWire.device(copy.getDeviceId()),
          isShown(copy)
              ? OwnerStatements.sealedHash(copy(copy))
              : WireBytes.bytes(copy.getSealedHash()));
    }
    return new OwnerHeader(
        DeviceWire.address(wire.getMemberId(), wire.getDeviceId()),
        WireBytes.valid("client id", () -> new ClientId(WireBytes.bytes(wire.getClientId()))),
        wire.getDeviceListVersion(),
        hashes,
        WireBytes.bytes(wire.getSignature()));
  }

  /** What is sealed to this device, if it is. */
  static List<OwnerCopy> shownCopies(io.karst.wire.v1.OwnerMessage wire) {
    return wire.getCopiesList().stream()
        .filter(OwnerWire::isShown)
        .map(OwnerWire::copy)
        .toList();
  }

  /** A message to be sent. */
  public static io.karst.wire.v1.OwnerMessage message(OwnerMessage message) {
    return io.karst.wire.v1.OwnerMessage.newBuilder()
        .setMemberId(message.sender().member().value())
        .setDeviceId(message.sender().device().value())
        .setClientId(WireBytes.bytes(message.clientId().value()))
        .setDeviceListVersion(message.deviceListVersion())
        .addAllCopies(message.copies().stream().map(OwnerWire::copy).toList())
        .setSignature(WireBytes.bytes(message.signature()))
        .build();
  }

  private static boolean isShown(io.karst.wire.v1.OwnerCopy copy) {
    return !copy.getOlmMessage().isEmpty();
  }

  private static OwnerCopy copy(io.karst.wire.v1.OwnerCopy wire) {
    return WireBytes.valid(
        "owner message",
        () -> new OwnerCopy(
            DeviceWire.device(wire.getDeviceId()),
            wire.getOlmType(),
            WireBytes.bytes(wire.getOlmMessage())));
  }

  private static io.karst.wire.v1.OwnerCopy copy(OwnerCopy copy) {
    return io.karst.wire.v1.OwnerCopy.newBuilder()
        .setDeviceId(copy.to().value())
        .setOlmType(copy.olmType())
        .setOlmMessage(WireBytes.bytes(copy.olmMessage()))
        .build();
  }
}
