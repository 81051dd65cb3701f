package io.karst.domain.access;

/**
 * Some epochs that follow each other.
 *
 * @param from the first, from 1
 * @param to the last, included
 */
public record EpochRange(long from, long to) {

  /** Epochs in one answer. */
  public static final int EPOCHS_MAX = 100;

  public EpochRange {
    if (from < 1 || to < from || to - from >= EPOCHS_MAX) {
      throw new IllegalArgumentException("1 to " + EPOCHS_MAX + " epochs, from 1");
    }
  }

  boolean has(long epoch) {
    return epoch >= from && epoch <= to;
  }
}
