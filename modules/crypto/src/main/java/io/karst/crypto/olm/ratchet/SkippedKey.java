package io.karst.crypto.olm.ratchet;

import io.karst.crypto.key.Curve25519PublicKey;

/** The key of a message that was overtaken by a later one and may still come. */
public record SkippedKey(Curve25519PublicKey ratchetKey, long index, MessageKey messageKey) {

  boolean opens(Curve25519PublicKey key, long chainIndex) {
    return index == chainIndex && ratchetKey.equals(key);
  }
}
