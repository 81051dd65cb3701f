package io.karst.crypto.primitive;

import java.security.MessageDigest;

/**
 * The bytes inside a secret type: kept, compared and wiped in this one place.
 *
 * <p>Every secret type has one in a private field and hands none out. Not thread-safe.
 */
public final class SecretBytes {

  private final byte[] bytes;
  private boolean destroyed;

  /** Takes the array over. */
  public SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The array itself, not a copy. */
  public byte[] live() {
    if (destroyed) {
      throw new IllegalStateException("secret was destroyed");
    }
    return bytes;
  }

  /** Compares in time that depends only on the lengths. */
  public boolean sameAs(SecretBytes other) {
    return MessageDigest.isEqual(live(), other.live());
  }

  public void destroy() {
    Wipe.all(bytes);
    destroyed = true;
  }

  public boolean isDestroyed() {
    return destroyed;
  }

  /** What every secret prints. */
  public String describe(String type) {
    return type + (destroyed ? "(destroyed)" : "(secret)");
  }
}
