package io.karst.crypto.megolm;

import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.primitive.CipherKeys;
import io.karst.crypto.primitive.SecretBytes;

/**
 * The keys of one message that did not come yet: AES key, HMAC key and IV, {@value #LENGTH} bytes.
 *
 * <p>They open that message and nothing else: no ratchet can be made from them.
 */
public final class SkippedKey implements Secret {

  /** Bytes of the keys. */
  public static final int LENGTH = CipherKeys.LENGTH;

  private final long index;
  private final SecretBytes keys;

  /** Takes the array over. */
  SkippedKey(long index, byte[] keys) {
    Ratchet.requireIndex(index);
    if (keys.length != LENGTH) {
      throw new IllegalArgumentException("message keys have 80 bytes, not " + keys.length);
    }
    this.index = index;
    this.keys = new SecretBytes(keys);
  }

  /** Copies {@value #LENGTH} bytes for the message at {@code index}, 0 to 2^32 - 1. */
  public static SkippedKey of(long index, byte[] keys) {
    return new SkippedKey(index, keys.clone());
  }

  public long index() {
    return index;
  }

  SkippedKey copy() {
    return new SkippedKey(index, keys.live().clone());
  }

  /** A copy for one use. */
  CipherKeys messageKeys() {
    return CipherKeys.of(keys.live());
  }

  /** A fresh copy of the keys. */
  public byte[] bytes(SecretAccess access) {
    return keys.live().clone();
  }

  @Override
  public void destroy() {
    keys.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return keys.isDestroyed();
  }

  @Override
  public String toString() {
    return keys.describe("SkippedKey") + "@" + index;
  }
}
