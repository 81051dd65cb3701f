package io.karst.bench.group;

/**
 * How many envelopes there are of a session, and at which places of the log: a count and an
 * order-independent sum over (message index, offset). Two of them agree if the same envelopes are
 * at the same places. Not thread-safe.
 */
final class PlaceSum {

  private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

  private long count;
  private long sum;

  void add(long index, long offset) {
    count++;
    sum += mixed(mixed(index) + offset);
  }

  long count() {
    return count;
  }

  boolean agreesWith(PlaceSum other) {
    return count == other.count && sum == other.sum;
  }

  private static long mixed(long value) {
    long x = (value + 1) * ODD;
    x = (x ^ (x >>> 32)) * ODD;
    return x ^ (x >>> 29);
  }
}
