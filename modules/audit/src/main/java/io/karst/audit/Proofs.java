package io.karst.audit;

import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.envelope.Envelopes;
import io.karst.proof.signature.Manifests;
import io.karst.proof.signature.SessionBindings;
import io.karst.proof.signature.Signatures;
import io.karst.proof.statement.DeviceStatements;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Verifies what the rules cannot, since they know no cryptography: ids, signatures, the manifests'
 * chain.
 *
 * <p>Mutable, for one replay: it remembers the newest manifest.
 */
final class Proofs {

  private final Signatures signatures;
  private final ManifestChain manifests;
  private final SessionBindings bindings;
  private final Envelopes envelopes;

  Proofs(Signatures signatures) {
    this.signatures = signatures;
    manifests = new ManifestChain(new Manifests(signatures));
    bindings = new SessionBindings(signatures);
    envelopes = new Envelopes(signatures);
  }

  Signatures signatures() {
    return signatures;
  }

  /** Whether the group's id is the one that its creator can claim. */
  Optional<Finding> groupId(long offset, GroupEvent.GroupCreated event) {
    boolean claimed = event.nonce().length() == DeviceStatements.NONCE_LENGTH
        && DeviceStatements.groupId(event.by().member(), event.nonce()).equals(event.groupId());
    if (claimed) {
      return Optional.empty();
    }
    String sentence = "The group's id does not follow from its creator and nonce.";
    return Optional.of(new Finding(offset, FindingCode.GROUP_ID_FORGED, sentence));
  }

  /**
   * Whether the manifest is signed by a device of the roster before, and follows the one before.
   */
  Optional<Finding> manifest(long offset, SignedManifest next) {
    String which = "The manifest of epoch " + next.manifest().epoch();
    DeviceAddress committer = next.manifest().committer();
    return switch (manifests.take(next)) {
      case VALID -> Optional.empty();
      case KEY_INVALID, SIGNATURE_INVALID ->
        found(
            offset,
            FindingCode.MANIFEST_SIGNATURE_INVALID,
            which + " is not signed by " + committer);
      case SIGNER_UNKNOWN ->
        found(
            offset,
            FindingCode.MANIFEST_SIGNER_UNKNOWN,
            which + " is by " + committer + ", which was not in the roster before");
      case CHAIN_BROKEN ->
        found(
            offset,
            FindingCode.MANIFEST_CHAIN_BROKEN,
            which + " does not follow the one before it");
    };
  }

  /** Whether the session was opened by a device of its epoch's roster. */
  Optional<Finding> binding(long offset, Group group, SessionBinding binding) {
    String which = "The session of %s in epoch %d".formatted(binding.sender(), binding.epoch());
    RosterEntry sender = roster(group, binding.epoch()).get(binding.sender());
    if (sender == null) {
      return found(
          offset, FindingCode.SENDER_NOT_IN_ROSTER, which + " is of a device outside its roster");
    }
    return switch (bindings.verify(group.id(), binding, sender.identity().ed25519Key())) {
      case VALID -> Optional.empty();
      case KEY_INVALID, SIGNATURE_INVALID, SIGNER_UNKNOWN, CHAIN_BROKEN ->
        found(
            offset, FindingCode.SESSION_SIGNATURE_INVALID, which + " is not signed by that device");
    };
  }

  /** Needs no roster: that the session is the sender's own was shown when it was opened. */
  Optional<Finding> envelope(long offset, Envelope envelope) {
    String which = "Message %d of %s".formatted(envelope.messageIndex(), envelope.sender());
    return switch (envelopes.verify(envelope)) {
      case VALID -> Optional.empty();
      case MALFORMED ->
        found(offset, FindingCode.ENVELOPE_MALFORMED, which + " is no canonical Megolm message");
      case INDEX_MISMATCH ->
        found(
            offset,
            FindingCode.INDEX_MISMATCH,
            which + " has another index inside of its ciphertext");
      case SIGNATURE_INVALID ->
        found(
            offset,
            FindingCode.ENVELOPE_SIGNATURE_INVALID,
            which + " does not bear the signature of its session");
    };
  }

  private static Map<DeviceAddress, RosterEntry> roster(Group group, long epoch) {
    return Stream.of(group.epochs().current(), group.epochs().previous())
        .filter(candidate -> candidate.number() == epoch)
        .map(Epoch::roster)
        .findFirst()
        .orElse(Map.of());
  }

  private static Optional<Finding> found(long offset, FindingCode code, String what) {
    return Optional.of(new Finding(offset, code, what + "."));
  }
}
