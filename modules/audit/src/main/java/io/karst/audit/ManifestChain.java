package io.karst.audit;

import io.karst.domain.epoch.SignedManifest;
import io.karst.proof.signature.Manifests;
import io.karst.proof.signature.Verdict;
import java.util.function.Function;

/** A group's manifests, each judged by the one before it. Mutable, for one replay. */
final class ManifestChain {

  private final Manifests manifests;
  private Function<SignedManifest, Verdict> link;

  ManifestChain(Manifests manifests) {
    this.manifests = manifests;
    this.link = manifests::first;
  }

  /** Judges the next manifest, and takes it as the newest whatever the verdict. */
  Verdict take(SignedManifest next) {
    Verdict verdict = link.apply(next);
    link = afterNext -> manifests.next(next, afterNext);
    return verdict;
  }
}
