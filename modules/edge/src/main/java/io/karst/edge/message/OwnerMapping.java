package io.karst.edge.message;

import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.owner.OwnerMessage;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.Refusal;
import io.karst.proof.statement.OwnerStatements;
import java.util.List;

/** Messages to a member's own devices. */
public final class OwnerMapping {

  private OwnerMapping() {}

  /** Reads a message of the calling device. Its signature is not verified here. */
  static OwnerMessage message(DeviceAddress by, io.karst.wire.v1.OwnerMessage message) {
    FrameMapping.requireOwn(by, message.getMemberId(), message.getDeviceId());
    var clientId = Fields.clientId(message.getClientId());
    long version = Fields.atLeast(1, "device_list_version", message.getDeviceListVersion());
    List<OwnerCopy> copies =
        Fields.list("copies", OwnerMessage.COPIES_MAX, message.getCopiesList(), OwnerMapping::copy);
    var signature = Fields.exactly(Fields.SIGNATURE_LENGTH, "signature", message.getSignature());
    return Fields.fitting(
        Reason.SEALED_KEYS_MISMATCH,
        () -> new OwnerMessage(by, clientId, version, copies, signature));
  }

  private static OwnerCopy copy(io.karst.wire.v1.OwnerCopy message) {
    if (message.getOlmMessage().size() > OwnerCopy.MESSAGE_MAX) {
      throw Refusal.ofField(Reason.ENVELOPE_TOO_LARGE, "olm_message").toException();
    }
    if (message.getOlmMessage().isEmpty()) {
      throw Fields.missing("olm_message");
    }
    if (message.getOlmType() < 0 || message.getOlmType() > 1) {
      throw Fields.invalid("olm_type");
    }
    DeviceId to = Fields.deviceId("device_id", message.getDeviceId());
    return new OwnerCopy(to, message.getOlmType(), Fields.bytes(message.getOlmMessage()));
  }

  /** As every device of the member may see it: nothing that is sealed to anybody. */
  static io.karst.wire.v1.OwnerMessage shown(OwnerMessage message) {
    return io.karst.wire.v1.OwnerMessage.newBuilder()
        .setMemberId(message.sender().member().value())
        .setDeviceId(message.sender().device().value())
        .setClientId(Fields.bytes(message.clientId().value()))
        .setDeviceListVersion(message.deviceListVersion())
        .addAllCopies(message.copies().stream().map(OwnerMapping::shown).toList())
        .setSignature(Fields.bytes(message.signature()))
        .build();
  }

  private static io.karst.wire.v1.OwnerCopy shown(OwnerCopy copy) {
    return io.karst.wire.v1.OwnerCopy.newBuilder()
        .setDeviceId(copy.to().value())
        .setSealedHash(Fields.bytes(OwnerStatements.sealedHash(copy)))
        .build();
  }

  /** What is shown, with one copy in place of its hash. */
  static io.karst.wire.v1.OwnerMessage withCopy(
      io.karst.wire.v1.OwnerMessage shown, OwnerCopy own) {
    var message = shown.toBuilder().clearCopies();
    for (var copy : shown.getCopiesList()) {
      message.addCopies(
          copy.getDeviceId().equals(own.to().value())
              ? copy.toBuilder()
                  .clearSealedHash()
                  .setOlmType(own.olmType())
                  .setOlmMessage(Fields.bytes(own.olmMessage()))
                  .build()
              : copy);
    }
    return message.build();
  }
}
