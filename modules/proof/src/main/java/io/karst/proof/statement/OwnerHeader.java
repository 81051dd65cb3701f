package io.karst.proof.statement;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.owner.OwnerMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An owner message without what it says: all that its sender signs, and all that a device sees of
 * what is sealed to others.
 *
 * @param sealedHashes by receiving device, 32 bytes each
 * @param signature of the sending device, 64 bytes
 */
public record OwnerHeader(
    DeviceAddress sender,
    ClientId clientId,
    long deviceListVersion,
    Map<DeviceId, Bytes> sealedHashes,
    Bytes signature) {

  public OwnerHeader {
    sealedHashes = Map.copyOf(sealedHashes);
  }

  /** What is seen of a message. */
  public static OwnerHeader of(OwnerMessage message) {
    return new OwnerHeader(
        message.sender(),
        message.clientId(),
        message.deviceListVersion(),
        hashesOf(message.copies()),
        message.signature());
  }

  /** The digests of what is sealed to each device. */
  public static Map<DeviceId, Bytes> hashesOf(List<OwnerCopy> copies) {
    Map<DeviceId, Bytes> hashes = new HashMap<>();
    copies.forEach(copy -> hashes.put(copy.to(), OwnerStatements.sealedHash(copy)));
    return hashes;
  }

  /** Writes version, receivers and hashes, ascending by device. */
  public void writeSealed(StatementWriter writer) {
    OwnerStatements.writeSealed(writer, deviceListVersion, sealedHashes);
  }
}
