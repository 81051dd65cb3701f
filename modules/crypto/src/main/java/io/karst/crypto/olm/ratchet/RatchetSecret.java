package io.karst.crypto.olm.ratchet;

import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.primitive.SecretBytes;

/** 32 secret bytes of a double ratchet; each use has a type of its own. Not thread-safe. */
public abstract sealed class RatchetSecret implements Secret permits RootKey, ChainKey, MessageKey {

  /** Bytes of each of them. */
  public static final int LENGTH = 32;

  private final SecretBytes bytes;

  /** Takes the array over. */
  RatchetSecret(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("expected 32 bytes, got " + bytes.length);
    }
    this.bytes = new SecretBytes(bytes);
  }

  /** The array itself, for the next step. */
  final byte[] live() {
    return bytes.live();
  }

  /** A fresh copy of the 32 bytes. */
  public final byte[] bytes(SecretAccess access) {
    return bytes.live().clone();
  }

  @Override
  public final void destroy() {
    bytes.destroy();
  }

  @Override
  public final boolean isDestroyed() {
    return bytes.isDestroyed();
  }

  @Override
  public final String toString() {
    return bytes.describe(getClass().getSimpleName());
  }
}
