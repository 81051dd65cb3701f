package io.karst.crypto.primitive;

import java.util.Arrays;

/** HKDF with SHA-256 (RFC 5869). */
public final class Hkdf {

  /** Bytes that one derivation can give: 255 blocks, by the RFC. */
  public static final int OUTPUT_BYTES_MAX = 255 * HmacSha256.LENGTH;

  private static final byte[] NO_SALT = new byte[HmacSha256.LENGTH];

  private Hkdf() {}

  /**
   * Derives {@code length} bytes without a salt.
   *
   * <p>The RFC's empty salt, one zero byte and 32 zero bytes are one and the same HMAC key.
   */
  public static byte[] derive(byte[] inputKey, byte[] info, int length) {
    return derive(NO_SALT, inputKey, info, length);
  }

  /** Extract, then expand to {@code length} bytes. */
  public static byte[] derive(byte[] salt, byte[] inputKey, byte[] info, int length) {
    byte[] pseudoRandomKey = HmacSha256.of(salt, inputKey);
    try {
      return expand(pseudoRandomKey, info, length);
    } finally {
      Wipe.all(pseudoRandomKey);
    }
  }

  /** The second half alone: {@code length} bytes from what an extract gave. */
  public static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
    if (length < 1 || length > OUTPUT_BYTES_MAX) {
      throw new IllegalArgumentException("HKDF gives 1 to " + OUTPUT_BYTES_MAX + " bytes");
    }
    byte[] output = new byte[length];
    byte[] counter = new byte[1];
    byte[] block = new byte[0];
    for (int from = 0; from < length; from += HmacSha256.LENGTH) {
      counter[0]++;
      byte[] next = HmacSha256.of(pseudoRandomKey, block, info, counter);
      Wipe.all(block);
      block = next;
      System.arraycopy(block, 0, output, from, Math.min(block.length, length - from));
    }
    Wipe.all(block);
    return output;
  }

  /** Derives and hands the parts of {@code lengths} out separately, wiping the whole. */
  public static byte[][] split(byte[] salt, byte[] inputKey, byte[] info, int... lengths) {
    byte[] whole = derive(salt, inputKey, info, Arrays.stream(lengths).sum());
    byte[][] parts = new byte[lengths.length][];
    int from = 0;
    for (int i = 0; i < lengths.length; i++) {
      parts[i] = Arrays.copyOfRange(whole, from, from + lengths[i]);
      from += lengths[i];
    }
    Wipe.all(whole);
    return parts;
  }
}
