package io.karst.crypto.key;

/**
 * Where key material comes from: in production a {@code SecureRandom}'s {@code nextBytes}.
 *
 * <p>Tests pass a fixed source; nothing else may.
 */
@FunctionalInterface
public interface RandomBytes {

  /** Overwrites all of {@code target}. */
  void fill(byte[] target);

  /** A fresh array of {@code length} bytes. */
  default byte[] next(int length) {
    byte[] bytes = new byte[length];
    fill(bytes);
    return bytes;
  }
}
