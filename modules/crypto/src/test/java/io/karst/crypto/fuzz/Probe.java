package io.karst.crypto.fuzz;

import io.karst.crypto.error.CryptoException;

/** Feeds bytes to a decoder, and fails if what it accepts is not what it should be. */
@FunctionalInterface
interface Probe {

  /**
   * Returns normally if the bytes were accepted and everything holds.
   *
   * @throws CryptoException if they were refused, as the decoder may
   * @throws AssertionError if something does not hold
   */
  void feed(byte[] input) throws CryptoException;
}
