package io.karst.domain.epoch;

import io.karst.domain.bytes.Bytes;

/**
 * A manifest, the hash of its statement (32 bytes) and its committer's signature (64 bytes).
 *
 * <p>Whoever constructs one has computed the hash; whoever accepts one from outside has verified
 * the signature. Both are done by {@code proof}, since the rules themselves know no cryptography.
 */
public record SignedManifest(Manifest manifest, Bytes hash, Bytes signature) {

  public SignedManifest {
    if (hash.length() != 32 || signature.length() != 64) {
      throw new IllegalArgumentException("a hash has 32 bytes, a signature 64");
    }
  }
}
