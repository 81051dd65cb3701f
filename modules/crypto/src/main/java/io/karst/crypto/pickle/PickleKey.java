package io.karst.crypto.pickle;

import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.primitive.SecretBytes;

/**
 * The key that stored states are encrypted with: 32 random bytes, never a password.
 *
 * <p>Good for 2^32 pickles, since nonces are random. Not thread-safe while it is destroyed.
 */
public final class PickleKey implements Secret {

  /** Bytes of a key. */
  public static final int LENGTH = 32;

  private final SecretBytes bytes;

  private PickleKey(byte[] bytes) {
    this.bytes = new SecretBytes(bytes);
  }

  /** Draws a new key. */
  public static PickleKey generate(RandomBytes random) {
    return new PickleKey(random.next(LENGTH));
  }

  /** Copies 32 bytes. */
  public static PickleKey fromBytes(byte[] bytes) throws KeyRejectedException {
    if (bytes.length != LENGTH) {
      throw new KeyRejectedException(
          ErrorCode.INVALID_KEY_LENGTH, "a pickle key has 32 bytes, not " + bytes.length);
    }
    return new PickleKey(bytes.clone());
  }

  /** The array itself, for the cipher. */
  byte[] live() {
    return bytes.live();
  }

  /** A fresh copy of the 32 bytes, for a format in another package. */
  public byte[] bytes(SecretAccess access) {
    return bytes.live().clone();
  }

  @Override
  public void destroy() {
    bytes.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return bytes.isDestroyed();
  }

  @Override
  public String toString() {
    return bytes.describe("PickleKey");
  }
}
