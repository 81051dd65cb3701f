package io.karst.proof.signature;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SignedManifest;
import io.karst.proof.statement.EpochStatements;
import java.util.Optional;

/** Checks manifests and their chain. Thread-safe. */
public final class Manifests {

  private final Signatures signatures;

  public Manifests(Signatures signatures) {
    this.signatures = signatures;
  }

  /** Checks the signature alone, by the committer's Ed25519 key. */
  public Verdict verify(Manifest manifest, Bytes signature, Bytes committerKey) {
    return signatures.verify(committerKey, EpochStatements.manifest(manifest), signature);
  }

  /** Checks a group's first manifest: epoch 1, signed by a device of its own roster. */
  public Verdict first(SignedManifest first) {
    return first.manifest().epoch() == 1 ? signedBy(first.manifest(), first) : Verdict.CHAIN_BROKEN;
  }

  /** Checks that {@code next} follows {@code previous} and is signed by a device of its roster. */
  public Verdict next(SignedManifest previous, SignedManifest next) {
    Manifest before = previous.manifest();
    Manifest after = next.manifest();
    boolean follows = after.group().equals(before.group())
        && after.epoch() == before.epoch() + 1
        && after.previousHash().equals(previous.hash());
    return follows ? signedBy(before, next) : Verdict.CHAIN_BROKEN;
  }

  private Verdict signedBy(Manifest signers, SignedManifest signed) {
    Optional<RosterEntry> committer = signers.entry(signed.manifest().committer());
    if (committer.isEmpty()) {
      return Verdict.SIGNER_UNKNOWN;
    }
    Bytes committerKey = committer.get().identity().ed25519Key();
    return verify(signed.manifest(), signed.signature(), committerKey);
  }
}
