package io.karst.acceptance;

import io.karst.crypto.key.RandomBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Randomness that remembers what it gave: every secret of a device starts here. Thread-safe. */
final class RecordingRandom implements RandomBytes {

  private static final int KEY_LENGTH = 32;

  private final Random random;
  private final List<byte[]> keys = new ArrayList<>();

  RecordingRandom(long seed) {
    System.out.println("seed " + seed);
    this.random = new Random(seed);
  }

  @Override
  public synchronized void fill(byte[] target) {
    random.nextBytes(target);
    if (target.length == KEY_LENGTH) {
      keys.add(target.clone());
    }
  }

  /** Everything that was drawn with the length of a key: epoch keys and private keys. */
  synchronized List<byte[]> keys() {
    return List.copyOf(keys);
  }
}
