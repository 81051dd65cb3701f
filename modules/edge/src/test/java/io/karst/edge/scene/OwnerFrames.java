package io.karst.edge.scene;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.GroupId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.edge.message.Fields;
import io.karst.proof.statement.OwnerHeader;
import io.karst.proof.statement.OwnerStatements;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.OwnerMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a device sends to its member's other devices. */
public final class OwnerFrames {

  private OwnerFrames() {}

  public static AppendRequest frame(GroupId log, OwnerMessage message) {
    return AppendRequest.newBuilder()
        .setGroupId(log.value())
        .setOwnerMessage(message)
        .build();
  }

  /** A signed message. */
  public static OwnerMessage message(
      TestDevice by, String clientId, long version, List<OwnerCopy> copies) {
    var id = new ClientId(Bytes.copyOf(clientId.getBytes(StandardCharsets.UTF_8)));
    var signed = OwnerStatements.message(by.address(), id, version, OwnerHeader.hashesOf(copies));
    var message = OwnerMessage.newBuilder()
        .setMemberId(by.address().member().value())
        .setDeviceId(by.address().device().value())
        .setClientId(Fields.bytes(id.value()))
        .setDeviceListVersion(version)
        .setSignature(Fields.bytes(by.key().sign(signed)));
    for (OwnerCopy copy : copies) {
      message.addCopies(io.karst.wire.v1.OwnerCopy.newBuilder()
          .setDeviceId(copy.to().value())
          .setOlmType(copy.olmType())
          .setOlmMessage(Fields.bytes(copy.olmMessage())));
    }
    return message.build();
  }
}
