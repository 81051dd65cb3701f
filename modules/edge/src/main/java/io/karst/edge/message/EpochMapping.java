package io.karst.edge.message;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.proof.statement.EpochStatements;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.OpenSession;
import io.karst.wire.v1.RotationDue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Manifests, sealed keys and session bindings. */
public final class EpochMapping {

  private EpochMapping() {}

  /** Reads a manifest with its signature, and computes its hash. Verifies nothing. */
  public static SignedManifest manifest(io.karst.wire.v1.Manifest message) {
    return Fields.inside("manifest", () -> parts(message));
  }

  private static SignedManifest parts(io.karst.wire.v1.Manifest message) {
    var group = Fields.groupId(message.getGroupId());
    long epoch = Fields.atLeast(1, "epoch", message.getEpoch());
    int keySuite = (int) Fields.atLeast(1, "key_suite", message.getKeySuite());
    var reason = reason(message.getReason());
    var committer = new DeviceAddress(
        Fields.memberId("committer_member_id", message.getCommitterMemberId()),
        Fields.deviceId("committer_device_id", message.getCommitterDeviceId()));
    var previousHash = Fields.bytes(message.getPreviousHash());
    var commitment =
        Fields.exactly(Fields.HASH_LENGTH, "key_commitment", message.getKeyCommitment());
    List<RosterEntry> roster = Fields.nonEmpty(
        "roster", Manifest.ROSTER_MAX, message.getRosterList(), EpochMapping::rosterEntry);
    var signature = Fields.exactly(Fields.SIGNATURE_LENGTH, "signature", message.getSignature());
    Manifest manifest = Fields.fitting(
        Reason.MANIFEST_INVALID,
        () -> new Manifest(
            group, epoch, keySuite, previousHash, reason, committer, commitment, roster));
    return EpochStatements.signed(manifest, signature);
  }

  public static io.karst.wire.v1.Manifest manifest(SignedManifest signed) {
    Manifest manifest = signed.manifest();
    return io.karst.wire.v1.Manifest.newBuilder()
        .setGroupId(manifest.group().value())
        .setEpoch(manifest.epoch())
        .setKeySuite(manifest.keySuite())
        .setPreviousHash(Fields.bytes(manifest.previousHash()))
        .setReason(reason(manifest.reason()))
        .setCommitterMemberId(manifest.committer().member().value())
        .setCommitterDeviceId(manifest.committer().device().value())
        .setKeyCommitment(Fields.bytes(manifest.keyCommitment()))
        .addAllRoster(manifest.roster().stream().map(EpochMapping::rosterEntry).toList())
        .setSignature(Fields.bytes(signed.signature()))
        .build();
  }

  private static RosterEntry rosterEntry(io.karst.wire.v1.RosterEntry message) {
    Fields.present("device", message.hasDevice());
    return new RosterEntry(
        Fields.memberId("member_id", message.getMemberId()),
        Fields.atLeast(1, "device_list_version", message.getDeviceListVersion()),
        Fields.inside("device", () -> DeviceMapping.identity(message.getDevice())));
  }

  private static io.karst.wire.v1.RosterEntry rosterEntry(RosterEntry entry) {
    return io.karst.wire.v1.RosterEntry.newBuilder()
        .setMemberId(entry.member().value())
        .setDeviceListVersion(entry.deviceListVersion())
        .setDevice(DeviceMapping.identity(entry.identity()))
        .build();
  }

  private static RotationReason reason(io.karst.wire.v1.RotationReason message) {
    return Arrays.stream(RotationReason.values())
        .filter(reason -> reason(reason) == message)
        .findFirst()
        .orElseThrow(() -> message == io.karst.wire.v1.RotationReason.ROTATION_REASON_UNSPECIFIED
            ? Fields.missing("reason")
            : Fields.invalid("reason"));
  }

  static io.karst.wire.v1.RotationReason reason(RotationReason reason) {
    return switch (reason) {
      case CREATED -> io.karst.wire.v1.RotationReason.ROTATION_REASON_CREATED;
      case MEMBER_JOINED -> io.karst.wire.v1.RotationReason.ROTATION_REASON_MEMBER_JOINED;
      case MEMBER_LEFT -> io.karst.wire.v1.RotationReason.ROTATION_REASON_MEMBER_LEFT;
      case MEMBER_REMOVED -> io.karst.wire.v1.RotationReason.ROTATION_REASON_MEMBER_REMOVED;
      case MANUAL -> io.karst.wire.v1.RotationReason.ROTATION_REASON_MANUAL;
      case COMPROMISE -> io.karst.wire.v1.RotationReason.ROTATION_REASON_COMPROMISE;
      case AGE -> io.karst.wire.v1.RotationReason.ROTATION_REASON_AGE;
      case VOLUME -> io.karst.wire.v1.RotationReason.ROTATION_REASON_VOLUME;
      case DEVICE_ADDED -> io.karst.wire.v1.RotationReason.ROTATION_REASON_DEVICE_ADDED;
      case DEVICE_REMOVED -> io.karst.wire.v1.RotationReason.ROTATION_REASON_DEVICE_REMOVED;
      case RESET -> io.karst.wire.v1.RotationReason.ROTATION_REASON_RESET;
    };
  }

  public static RotationDue due(RotationReason reason, Instant deadline) {
    return RotationDue.newBuilder()
        .setReason(reason(reason))
        .setDeadlineMillis(deadline.toEpochMilli())
        .build();
  }

  /** Reads sealed keys: that they fit the roster is for the rules to say. */
  public static List<SealedKey> sealedKeys(List<io.karst.wire.v1.SealedKey> messages) {
    return Fields.nonEmpty("sealed_keys", Manifest.ROSTER_MAX, messages, EpochMapping::sealedKey);
  }

  private static SealedKey sealedKey(io.karst.wire.v1.SealedKey message) {
    var device = Fields.address(message.getMemberId(), message.getDeviceId());
    Bytes olm = Fields.upTo(SealedKey.MESSAGE_MAX, "olm_message", message.getOlmMessage());
    if (message.getOlmType() < 0 || message.getOlmType() > 1) {
      throw Fields.invalid("olm_type");
    }
    return new SealedKey(device, message.getOlmType(), olm);
  }

  public static io.karst.wire.v1.SealedKey sealedKey(SealedKey key) {
    return io.karst.wire.v1.SealedKey.newBuilder()
        .setMemberId(key.device().member().value())
        .setDeviceId(key.device().device().value())
        .setOlmType(key.olmType())
        .setOlmMessage(Fields.bytes(key.olmMessage()))
        .build();
  }

  /** Reads a binding of the calling device; says nothing of its signature. */
  public static SessionBinding binding(
      DeviceAddress sender, io.karst.wire.v1.SessionBinding message) {
    return new SessionBinding(
        sender,
        Fields.atLeast(1, "epoch", message.getEpoch()),
        Fields.exactly(Fields.HASH_LENGTH, "session_key", message.getSessionKey()),
        Fields.exactly(Fields.SIGNATURE_LENGTH, "signature", message.getSignature()));
  }

  static io.karst.wire.v1.SessionBinding binding(SessionBinding binding) {
    return io.karst.wire.v1.SessionBinding.newBuilder()
        .setEpoch(binding.epoch())
        .setSessionKey(Fields.bytes(binding.sessionKey()))
        .setSignature(Fields.bytes(binding.signature()))
        .build();
  }

  public static OpenSession openSession(SessionBinding binding) {
    return OpenSession.newBuilder()
        .setMemberId(binding.sender().member().value())
        .setDeviceId(binding.sender().device().value())
        .setBinding(binding(binding))
        .build();
  }

  static io.karst.wire.v1.EpochRange range(EpochRange range) {
    return io.karst.wire.v1.EpochRange.newBuilder()
        .setFromEpoch(range.from())
        .setToEpoch(range.to())
        .build();
  }

  /** The epochs that a request gives up, if it gives up any. */
  public static Optional<EpochRange> orphaned(CommitRequest request) {
    if (!request.hasOrphaned()) {
      return Optional.empty();
    }
    long from = Fields.atLeast(1, "from_epoch", request.getOrphaned().getFromEpoch());
    long to = Fields.atLeast(from, "to_epoch", request.getOrphaned().getToEpoch());
    return Optional.of(new EpochRange(from, to));
  }
}
