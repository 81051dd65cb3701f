package io.karst.simulation;

import io.karst.crypto.key.RandomBytes;
import java.util.List;
import java.util.Random;

/** Chance, made from a seed and a name: who draws more does not change what others draw. */
final class Dice implements RandomBytes {

  private final Random random;

  Dice(long seed, String name) {
    this.random = new Random(seed * 1_000_003 + name.hashCode());
  }

  @Override
  public void fill(byte[] target) {
    random.nextBytes(target);
  }

  boolean percent(double chance) {
    return random.nextDouble() * 100 < chance;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long between(long min, long max) {
    return min + (long) (random.nextDouble() * (max - min + 1));
  }

  <T> T one(List<T> all) {
    return all.get(below(all.size()));
  }
}
