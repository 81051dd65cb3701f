package io.karst.domain.walk;

import java.util.List;
import java.util.Random;

/** Random choices. */
record Pick(Random random) {

  /** True once in {@code n} times on average. */
  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T from(List<? extends T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
