package io.karst.proof.statement;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.util.List;

/** Statements about members and devices (docs/protocol.md, "Identity"). */
public final class DeviceStatements {

  /** Bytes of the nonce from which a group's id is made. */
  public static final int NONCE_LENGTH = 16;

  private DeviceStatements() {}

  /** The one id that {@code creator} can claim with {@code nonce} (16 bytes). */
  public static GroupId groupId(MemberId creator, Bytes nonce) {
    if (nonce.length() != NONCE_LENGTH) {
      throw new IllegalArgumentException("a nonce has " + NONCE_LENGTH + " bytes");
    }
    Statement statement = StatementWriter.labelled("karst/v1 group")
        .str(creator.value())
        .bytes(nonce)
        .statement();
    return new GroupId(statement.hash().toHex().substring(0, GroupId.LENGTH));
  }

  /** The id of the log that a member's own devices share: nobody can claim it for a group. */
  public static GroupId ownerLogId(MemberId member) {
    Statement statement =
        StatementWriter.labelled("karst/v1 owner log").str(member.value()).statement();
    return new GroupId(statement.hash().toHex().substring(0, GroupId.LENGTH));
  }

  /** What a device of the previous version signs; its hash is the list's hash. */
  public static Statement deviceList(DeviceList list) {
    return deviceList(list.member(), list.version(), list.previousHash(), list.devices());
  }

  /** As {@link #deviceList(DeviceList)}, before there is a signature. Devices ascend by id. */
  public static Statement deviceList(
      MemberId member, long version, Bytes previousHash, List<DeviceIdentity> devices) {
    return StatementWriter.labelled("karst/v1 device-list")
        .str(member.value())
        .u64(version)
        .bytes(previousHash)
        .list(devices, DeviceStatements::identity)
        .statement();
  }

  /** What a device signs to offer a one-time or fallback key. */
  public static Statement oneTimeKey(DeviceAddress device, SignedKey key) {
    return oneTimeKey(device, key.keyId(), key.curve25519Key(), key.fallback());
  }

  /** As {@link #oneTimeKey(DeviceAddress, SignedKey)}, before there is a signature. */
  public static Statement oneTimeKey(
      DeviceAddress device, long keyId, Bytes curve25519Key, boolean fallback) {
    return address(StatementWriter.labelled("karst/v1 one-time-key"), device)
        .u64(keyId)
        .bytes(curve25519Key)
        .u8(fallback ? 1 : 0)
        .statement();
  }

  /** What a device signs to prove that it is itself. */
  public static Statement deviceProof(DeviceAddress device, Bytes challenge) {
    return address(StatementWriter.labelled("karst/v1 device-proof"), device)
        .bytes(challenge)
        .statement();
  }

  /**
   * What the device that adds another one proves to it under their shared secret: which list, by
   * its hash, is the one that it was added in.
   */
  public static Statement link(DeviceAddress device, Bytes listHash) {
    return address(StatementWriter.labelled("karst/v1 link"), device)
        .bytes(listHash)
        .statement();
  }

  /** What a device signs, and shows to nobody, to draw the secret of its link code. */
  public static Statement linkSecret(DeviceAddress device) {
    return address(StatementWriter.labelled("karst/v1 link-secret"), device).statement();
  }

  static void identity(StatementWriter writer, DeviceIdentity identity) {
    writer
        .str(identity.device().value())
        .bytes(identity.ed25519Key())
        .bytes(identity.curve25519Key());
  }

  static StatementWriter address(StatementWriter writer, DeviceAddress device) {
    return writer.str(device.member().value()).str(device.device().value());
  }
}
