package io.karst.client.wire;

import static io.karst.client.wire.WireBytes.bytes;
import static io.karst.client.wire.WireBytes.valid;

import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.EpochStatements;
import io.karst.wire.v1.EpochRecord;
import io.karst.wire.v1.OpenSession;
import java.util.Optional;

/** Epochs: manifests, sealed keys, session bindings. */
public final class EpochWire {

  private EpochWire() {}

  /** Computes the manifest's hash; verifies nothing. */
  public static SignedManifest manifest(io.karst.wire.v1.Manifest wire) {
    return valid(
        "manifest",
        () -> EpochStatements.signed(
            new Manifest(
                new GroupId(wire.getGroupId()),
                wire.getEpoch(),
                wire.getKeySuite(),
                bytes(wire.getPreviousHash()),
                EnumWire.reason(wire.getReason()),
                DeviceAddress.of(wire.getCommitterMemberId(), wire.getCommitterDeviceId()),
                bytes(wire.getKeyCommitment()),
                wire.getRosterList().stream().map(EpochWire::rosterEntry).toList()),
            bytes(wire.getSignature())));
  }

  public static io.karst.wire.v1.Manifest manifest(SignedManifest signed) {
    Manifest manifest = signed.manifest();
    return io.karst.wire.v1.Manifest.newBuilder()
        .setGroupId(manifest.group().value())
        .setEpoch(manifest.epoch())
        .setKeySuite(manifest.keySuite())
        .setPreviousHash(bytes(manifest.previousHash()))
        .setReason(EnumWire.reason(manifest.reason()))
        .setCommitterMemberId(manifest.committer().member().value())
        .setCommitterDeviceId(manifest.committer().device().value())
        .setKeyCommitment(bytes(manifest.keyCommitment()))
        .addAllRoster(manifest.roster().stream().map(EpochWire::rosterEntry).toList())
        .setSignature(bytes(signed.signature()))
        .build();
  }

  public static SealedKey sealedKey(io.karst.wire.v1.SealedKey wire) {
    return valid(
        "sealed key",
        () -> new SealedKey(
            DeviceAddress.of(wire.getMemberId(), wire.getDeviceId()),
            wire.getOlmType(),
            bytes(wire.getOlmMessage())));
  }

  public static io.karst.wire.v1.SealedKey sealedKey(SealedKey key) {
    return io.karst.wire.v1.SealedKey.newBuilder()
        .setMemberId(key.device().member().value())
        .setDeviceId(key.device().device().value())
        .setOlmType(key.olmType())
        .setOlmMessage(bytes(key.olmMessage()))
        .build();
  }

  public static io.karst.wire.v1.SessionBinding binding(SessionBinding binding) {
    return io.karst.wire.v1.SessionBinding.newBuilder()
        .setEpoch(binding.epoch())
        .setSessionKey(bytes(binding.sessionKey()))
        .setSignature(bytes(binding.signature()))
        .build();
  }

  /** A binding does not name its speaker: the message around it does. */
  public static SessionBinding binding(io.karst.wire.v1.SessionBinding wire, DeviceAddress sender) {
    return valid(
        "session binding",
        () -> new SessionBinding(
            sender, wire.getEpoch(), bytes(wire.getSessionKey()), bytes(wire.getSignature())));
  }

  static EpochRange range(io.karst.wire.v1.EpochRange wire) {
    return valid("range of epochs", () -> new EpochRange(wire.getFromEpoch(), wire.getToEpoch()));
  }

  public static io.karst.wire.v1.EpochRange range(EpochRange range) {
    return io.karst.wire.v1.EpochRange.newBuilder()
        .setFromEpoch(range.from())
        .setToEpoch(range.to())
        .build();
  }

  public static EpochNews news(EpochRecord wire) {
    return new EpochNews(
        manifest(wire.getManifest()),
        wire.hasSealedKey() ? Optional.of(sealedKey(wire.getSealedKey())) : Optional.empty(),
        wire.getOpenSessionsList().stream().map(EpochWire::openSession).toList());
  }

  private static SessionBinding openSession(OpenSession wire) {
    return binding(wire.getBinding(), DeviceWire.address(wire.getMemberId(), wire.getDeviceId()));
  }

  private static RosterEntry rosterEntry(io.karst.wire.v1.RosterEntry wire) {
    return new RosterEntry(
        DeviceWire.member(wire.getMemberId()),
        wire.getDeviceListVersion(),
        DeviceWire.identity(wire.getDevice()));
  }

  private static io.karst.wire.v1.RosterEntry rosterEntry(RosterEntry entry) {
    return io.karst.wire.v1.RosterEntry.newBuilder()
        .setMemberId(entry.member().value())
        .setDeviceListVersion(entry.deviceListVersion())
        .setDevice(DeviceWire.identity(entry.identity()))
        .build();
  }
}
