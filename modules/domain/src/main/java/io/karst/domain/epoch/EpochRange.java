package io.karst.domain.epoch;

/**
 * Epochs in a row.
 *
 * @param from the first, from 1 on
 * @param to the last, included
 */
public record EpochRange(long from, long to) {

  public EpochRange {
    if (from < 1 || to < from) {
      throw new IllegalArgumentException("a range of epochs begins at 1 or later and is not empty");
    }
  }

  public boolean contains(long epoch) {
    return from <= epoch && epoch <= to;
  }

  /** Whether both together are one range. */
  boolean touches(EpochRange other) {
    return from <= other.to + 1 && other.from <= to + 1;
  }

  EpochRange join(EpochRange other) {
    return new EpochRange(Math.min(from, other.from), Math.max(to, other.to));
  }
}
