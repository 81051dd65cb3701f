package io.karst.domain.device;

import io.karst.domain.bytes.Bytes;

/** A one-time or fallback key: Curve25519, 32 bytes, with its device's signature, 64 bytes. */
public record SignedKey(long keyId, Bytes curve25519Key, boolean fallback, Bytes signature) {

  public SignedKey {
    if (keyId < 0
        || curve25519Key.length() != DeviceIdentity.KEY_LENGTH
        || signature.length() != 64) {
      throw new IllegalArgumentException("key id, key or signature out of bounds");
    }
  }
}
