package io.karst.proof.statement;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.Comparator;
import java.util.List;

/** Statements about epochs (docs/protocol.md, "Epochs"). */
public final class EpochStatements {

  private EpochStatements() {}

  /** What the committing device signs; its hash is the manifest's hash. */
  public static Statement manifest(Manifest manifest) {
    StatementWriter writer = StatementWriter.labelled("karst/v1 manifest")
        .str(manifest.group().value())
        .u64(manifest.epoch())
        .u32(manifest.keySuite())
        .bytes(manifest.previousHash())
        .u32(manifest.reason().number());
    return DeviceStatements.address(writer, manifest.committer())
        .bytes(manifest.keyCommitment())
        .list(manifest.roster(), EpochStatements::rosterEntry)
        .statement();
  }

  /** Joins a manifest with its signature (64 bytes) and its hash. Verifies nothing. */
  public static SignedManifest signed(Manifest manifest, Bytes signature) {
    return new SignedManifest(manifest, manifest(manifest).hash(), signature);
  }

  /** What a device signs to make a Megolm session its own. */
  public static Statement sessionBinding(GroupId group, SessionBinding binding) {
    return sessionBinding(group, binding.epoch(), binding.sender(), binding.sessionKey());
  }

  /** As {@link #sessionBinding(GroupId, SessionBinding)}, before there is a signature. */
  public static Statement sessionBinding(
      GroupId group, long epoch, DeviceAddress sender, Bytes sessionKey) {
    return epochOf("karst/v1 session", group, epoch, sender).bytes(sessionKey).statement();
  }

  /** The data of the HMAC by which an epoch key is committed to. */
  public static Statement keyCommitment(GroupId group, long epoch) {
    return StatementWriter.labelled("karst/v1 commitment")
        .str(group.value())
        .u64(epoch)
        .statement();
  }

  /** The info of the HKDF that derives a sender's ratchet from the epoch key. */
  public static Statement senderRatchet(GroupId group, long epoch, DeviceAddress sender) {
    return epochOf("karst/v1 sender", group, epoch, sender).statement();
  }

  /** The digest over all sealed keys of an epoch, 32 bytes; their order does not matter. */
  public static Bytes sealedKeysHash(List<SealedKey> sealedKeys) {
    List<SealedKey> ascending =
        sealedKeys.stream().sorted(Comparator.comparing(SealedKey::device)).toList();
    return new StatementWriter()
        .list(ascending, EpochStatements::sealedKey)
        .statement()
        .hash();
  }

  private static StatementWriter epochOf(
      String label, GroupId group, long epoch, DeviceAddress device) {
    StatementWriter writer = StatementWriter.labelled(label).str(group.value()).u64(epoch);
    return DeviceStatements.address(writer, device);
  }

  private static void rosterEntry(StatementWriter writer, RosterEntry entry) {
    writer.str(entry.member().value()).u64(entry.deviceListVersion());
    DeviceStatements.identity(writer, entry.identity());
  }

  private static void sealedKey(StatementWriter writer, SealedKey key) {
    DeviceStatements.address(writer, key.device()).u32(key.olmType()).bytes(key.olmMessage());
  }
}
