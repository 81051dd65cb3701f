package io.karst.crypto.key;

import io.karst.crypto.primitive.Hkdf;
import io.karst.crypto.primitive.HkdfSha512;
import io.karst.crypto.primitive.HmacSha256;
import io.karst.crypto.primitive.SecretBytes;
import java.util.Arrays;

/**
 * What an X25519 agreement gave: never zero, and never used but to derive keys.
 *
 * <p>Single use: deriving wipes it. Not thread-safe.
 */
public final class SharedSecret implements Secret {

  /** Bytes of one agreement. */
  static final int LENGTH = 32;

  private final SecretBytes bytes;

  /** Takes the array over. */
  SharedSecret(byte[] bytes) {
    this.bytes = new SecretBytes(bytes);
  }

  /** The parts, one after the other, as one secret; the parts are wiped. */
  public static SharedSecret join(SharedSecret... parts) {
    byte[] whole = new byte[parts.length * LENGTH];
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(parts[i].bytes.live(), 0, whole, i * LENGTH, LENGTH);
      parts[i].destroy();
    }
    return new SharedSecret(whole);
  }

  /** HKDF-SHA-256 without salt; the caller owns the parts, this secret is wiped. */
  public byte[][] derive(byte[] info, int... lengths) {
    return derive(new byte[LENGTH], info, lengths);
  }

  /** HKDF-SHA-256 with {@code salt}; the caller owns the parts, this secret is wiped. */
  public byte[][] derive(byte[] salt, byte[] info, int... lengths) {
    try {
      return Hkdf.split(salt, bytes.live(), info, lengths);
    } finally {
      destroy();
    }
  }

  /** HKDF-SHA-512 without salt: {@code length} bytes; this secret is wiped. */
  public byte[] deriveWithSha512(byte[] info, int length) {
    try {
      return HkdfSha512.derive(bytes.live(), info, length);
    } finally {
      destroy();
    }
  }

  /** HKDF-Extract with SHA-256 of {@code labels} and, behind them, this secret, which is wiped. */
  public byte[] extract(byte[] salt, byte[]... labels) {
    byte[][] parts = Arrays.copyOf(labels, labels.length + 1);
    parts[labels.length] = bytes.live();
    try {
      return HmacSha256.of(salt, parts);
    } finally {
      destroy();
    }
  }

  /** A secret of its own with the same content, for protocols that derive more than once. */
  public SharedSecret copy() {
    return new SharedSecret(bytes.live().clone());
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
    return bytes.describe("SharedSecret");
  }
}
