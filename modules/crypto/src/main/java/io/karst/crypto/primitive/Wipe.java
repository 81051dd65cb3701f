package io.karst.crypto.primitive;

import java.util.Arrays;

/**
 * Overwrites secrets that are no longer needed.
 *
 * <p>Best effort: a moving collector or the JIT compiler may have left copies behind.
 */
public final class Wipe {

  private Wipe() {}

  /** Fills each of {@code secrets} with zeros. */
  public static void all(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
