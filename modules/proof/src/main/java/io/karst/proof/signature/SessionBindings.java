package io.karst.proof.signature;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.EpochStatements;
import java.util.Optional;

/**
 * Checks that Megolm sessions belong to the devices that are said to speak in them. Thread-safe.
 */
public final class SessionBindings {

  private final Signatures signatures;

  public SessionBindings(Signatures signatures) {
    this.signatures = signatures;
  }

  /** Checks a binding by the sender's Ed25519 key; the session key must be a fit one as well. */
  public Verdict verify(GroupId group, SessionBinding binding, Bytes senderKey) {
    if (!signatures.acceptable(binding.sessionKey())) {
      return Verdict.KEY_INVALID;
    }
    return signatures.verify(
        senderKey, EpochStatements.sessionBinding(group, binding), binding.signature());
  }

  /** Checks a binding by the roster of its epoch. */
  public Verdict verify(Manifest manifest, SessionBinding binding) {
    if (binding.epoch() != manifest.epoch()) {
      return Verdict.CHAIN_BROKEN;
    }
    Optional<RosterEntry> sender = manifest.entry(binding.sender());
    if (sender.isEmpty()) {
      return Verdict.SIGNER_UNKNOWN;
    }
    return verify(manifest.group(), binding, sender.get().identity().ed25519Key());
  }
}
