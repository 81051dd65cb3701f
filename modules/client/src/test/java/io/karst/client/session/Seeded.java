package io.karst.client.session;

import io.karst.crypto.key.RandomBytes;
import java.util.Random;

/** Bytes that a seed repeats. */
final class Seeded implements RandomBytes {

  private final Random random;

  Seeded(long seed) {
    this.random = new Random(seed);
  }

  @Override
  public void fill(byte[] target) {
    random.nextBytes(target);
  }
}
