package io.karst.crypto;

import io.karst.crypto.key.RandomBytes;
import java.util.Random;

/** Repeatable key material from a seed. */
public final class FixedRandom implements RandomBytes {

  private final Random random;

  public FixedRandom(long seed) {
    random = new Random(seed);
  }

  @Override
  public void fill(byte[] target) {
    random.nextBytes(target);
  }
}
