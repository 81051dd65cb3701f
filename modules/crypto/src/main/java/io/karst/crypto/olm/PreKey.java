package io.karst.crypto.olm;

import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;

/** A one-time or fallback key, both halves, and whether the public one was handed out. */
public record PreKey(KeyId id, Curve25519SecretKey secretKey, boolean published) {

  public Curve25519PublicKey publicKey() {
    return secretKey.publicKey();
  }

  PreKey asPublished() {
    return new PreKey(id, secretKey, true);
  }
}
