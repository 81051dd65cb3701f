package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.read;
import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SealedKeys;
import io.karst.domain.epoch.SealedText;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.journal.v1.EpochStarted;
import io.karst.journal.v1.SealedKeysStaged;
import io.karst.journal.v1.StagedKeys;
import io.karst.proof.statement.EpochStatements;
import java.time.Instant;
import java.util.List;

/** What starts an epoch, to and from protobuf: manifests, rosters, sealed keys. */
final class EpochFields {

  private EpochFields() {}

  static EpochStarted write(SignedManifest signed, SealedKeys keys) {
    EpochStarted.Builder target = EpochStarted.newBuilder()
        .setManifest(manifest(signed.manifest()))
        .setSignature(Fields.bytes(signed.signature()));
    return keys.match(new SealedKeys.Cases<EpochStarted.Builder>() {
          @Override
          public EpochStarted.Builder here(SealedKeys.Here here) {
            requireRosterOrder(signed.manifest(), here.keys());
            return target.addAllSealedKeys(
                here.keys().stream().map(EpochFields::sealedKey).toList());
          }

          @Override
          public EpochStarted.Builder staged(SealedKeys.Staged staged) {
            return target.setStagedKeys(StagedKeys.newBuilder()
                .setHash(Fields.bytes(staged.hash()))
                .setFromSize(staged.from()));
          }
        })
        .build();
  }

  static SealedKeysStaged write(GroupEvent.SealedKeysStaged event) {
    return SealedKeysStaged.newBuilder()
        .setManifestHash(Fields.bytes(event.manifestHash()))
        .setFirst(event.first())
        .addAllSealedKeys(event.keys().stream().map(EpochFields::sealedText).toList())
        .build();
  }

  static GroupEvent.SealedKeysStaged staged(SealedKeysStaged staged, Instant at) {
    return new GroupEvent.SealedKeysStaged(
        Fields.bytes(staged.getManifestHash()),
        (int) Fields.notNegative(staged.getFirst()),
        readAll(
            "sealed_keys", staged.getSealedKeysCount(), i -> sealedText(staged.getSealedKeys(i))),
        at);
  }

  static SealedKeys keys(Manifest manifest, EpochStarted started) {
    if (!started.hasStagedKeys()) {
      return new SealedKeys.Here(sealedKeys(manifest, started));
    }
    StagedKeys staged = started.getStagedKeys();
    return read(
        "staged_keys",
        () -> new SealedKeys.Staged(
            Fields.bytes(staged.getHash()), Fields.notNegative(staged.getFromSize())));
  }

  static SignedManifest signedManifest(GroupId group, EpochStarted started) {
    Manifest manifest = read("manifest", () -> manifest(group, started.getManifest()));
    return read(
        "signature", () -> EpochStatements.signed(manifest, Fields.bytes(started.getSignature())));
  }

  /**
   * The sealed keys stand in the order of the roster, so that their devices are not stored twice.
   */
  private static List<SealedKey> sealedKeys(Manifest manifest, EpochStarted started) {
    int expected = manifest.roster().size();
    if (started.getSealedKeysCount() != expected) {
      throw new CorruptRecord("sealed_keys", "not one for each of " + expected + " roster devices");
    }
    return readAll(
        "sealed_keys",
        expected,
        i -> sealedKey(manifest.roster().get(i).address(), started.getSealedKeys(i)));
  }

  static io.karst.journal.v1.SealedKey sealedKey(SealedKey key) {
    return sealedText(key.text());
  }

  private static io.karst.journal.v1.SealedKey sealedText(SealedText key) {
    return io.karst.journal.v1.SealedKey.newBuilder()
        .setOlmType(key.olmType())
        .setOlmMessage(Fields.bytes(key.olmMessage()))
        .build();
  }

  static SealedKey sealedKey(DeviceAddress device, io.karst.journal.v1.SealedKey key) {
    return sealedText(key).to(device);
  }

  private static SealedText sealedText(io.karst.journal.v1.SealedKey key) {
    return new SealedText(key.getOlmType(), Fields.bytes(key.getOlmMessage()));
  }

  static io.karst.journal.v1.RosterEntry rosterEntry(RosterEntry entry) {
    return io.karst.journal.v1.RosterEntry.newBuilder()
        .setMemberId(entry.member().value())
        .setDeviceListVersion(entry.deviceListVersion())
        .setDeviceId(entry.identity().device().value())
        .setEd25519Key(Fields.bytes(entry.identity().ed25519Key()))
        .setCurve25519Key(Fields.bytes(entry.identity().curve25519Key()))
        .build();
  }

  static RosterEntry rosterEntry(io.karst.journal.v1.RosterEntry entry) {
    return new RosterEntry(
        new MemberId(entry.getMemberId()),
        Fields.notNegative(entry.getDeviceListVersion()),
        new DeviceIdentity(
            new DeviceId(entry.getDeviceId()),
            Fields.bytes(entry.getEd25519Key()),
            Fields.bytes(entry.getCurve25519Key())));
  }

  private static io.karst.journal.v1.Manifest manifest(Manifest manifest) {
    return io.karst.journal.v1.Manifest.newBuilder()
        .setEpoch(manifest.epoch())
        .setKeySuite(manifest.keySuite())
        .setPreviousHash(Fields.bytes(manifest.previousHash()))
        .setReason(manifest.reason().number())
        .setCommitter(Fields.actor(manifest.committer()))
        .setKeyCommitment(Fields.bytes(manifest.keyCommitment()))
        .addAllRoster(manifest.roster().stream().map(EpochFields::rosterEntry).toList())
        .build();
  }

  private static Manifest manifest(GroupId group, io.karst.journal.v1.Manifest manifest) {
    return new Manifest(
        group,
        manifest.getEpoch(),
        read("key_suite", () -> (int) Fields.notNegative(manifest.getKeySuite())),
        Fields.bytes(manifest.getPreviousHash()),
        read("reason", () -> Fields.reason(manifest.getReason())),
        read("committer", () -> Fields.address(manifest.getCommitter())),
        Fields.bytes(manifest.getKeyCommitment()),
        readAll("roster", manifest.getRosterCount(), i -> rosterEntry(manifest.getRoster(i))));
  }

  private static void requireRosterOrder(Manifest manifest, List<SealedKey> sealedKeys) {
    List<DeviceAddress> roster =
        manifest.roster().stream().map(RosterEntry::address).toList();
    if (!sealedKeys.stream().map(SealedKey::device).toList().equals(roster)) {
      throw new IllegalArgumentException("sealed keys stand in the order of the roster");
    }
  }
}
