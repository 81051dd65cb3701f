package io.karst.crypto.olm.ratchet;

/**
 * How often the direction has changed; unknown in sessions that came from libolm.
 *
 * <p>For diagnosis only; kept because vodozemac stores it.
 *
 * @param value 0 or more, or -1 when it is not known
 */
public record RatchetCount(long value) {

  /** No conversation gets there; counting stops instead of overflowing. */
  private static final long VALUE_MAX = 1L << 62;

  public static final RatchetCount UNKNOWN = new RatchetCount(-1);
  public static final RatchetCount ZERO = new RatchetCount(0);

  public RatchetCount {
    if (value < -1 || value > VALUE_MAX) {
      throw new IllegalArgumentException("a count is not negative or beyond 2^62: " + value);
    }
  }

  public boolean isKnown() {
    return value >= 0;
  }

  /** This count changed by {@code difference}, if it is known. */
  public RatchetCount plus(long difference) {
    return isKnown() ? new RatchetCount(Math.min(VALUE_MAX, value + difference)) : UNKNOWN;
  }
}
