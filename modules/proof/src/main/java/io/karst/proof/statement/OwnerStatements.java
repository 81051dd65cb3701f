package io.karst.proof.statement;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.owner.OwnerCopy;
import java.util.Map;

/** Statements about owner messages (docs/protocol.md, "Owner messages"). */
public final class OwnerStatements {

  private OwnerStatements() {}

  /** The digest of what is sealed to one device, 32 bytes. */
  public static Bytes sealedHash(OwnerCopy copy) {
    return new StatementWriter()
        .u32(copy.olmType())
        .bytes(copy.olmMessage())
        .statement()
        .hash();
  }

  /** What a device signs of a message. */
  public static Statement message(OwnerHeader message) {
    return message(
        message.sender(), message.clientId(), message.deviceListVersion(), message.sealedHashes());
  }

  /** As {@link #message(OwnerHeader)}, before there is a signature. */
  public static Statement message(
      DeviceAddress sender, ClientId clientId, long version, Map<DeviceId, Bytes> sealedHashes) {
    StatementWriter writer = DeviceStatements.address(
            StatementWriter.labelled("karst/v1 owner-message"), sender)
        .bytes(clientId.value());
    return writeSealed(writer, version, sealedHashes).statement();
  }

  static StatementWriter writeSealed(
      StatementWriter writer, long version, Map<DeviceId, Bytes> sealedHashes) {
    return writer
        .u64(version)
        .list(
            sealedHashes.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList(),
            (item, copy) -> item.str(copy.getKey().value()).bytes(copy.getValue()));
  }
}
