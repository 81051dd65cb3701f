package io.karst.domain.sender;

/**
 * Which message indices of one session were used, as far as they may still come.
 *
 * <p>Envelopes of one device may overtake each other on the way, so an index below the highest is
 * accepted, once, as long as it is in the window; what lies below the window counts as used. The
 * same idea as the anti-replay window of RFC 4303, section 3.4.3.
 *
 * @param highest the highest index used, -1 before the first
 * @param used bit {@code i} is set if index {@code highest - i} was used
 */
public record IndexWindow(long highest, long used) {

  /** One bit each in a {@code long}: as many as the largest frame of envelopes has. */
  public static final int WIDTH = Long.SIZE;

  /** No index was used. */
  public static final IndexWindow EMPTY = new IndexWindow(-1, 0);

  /** Whether an index may still be used. */
  public enum Verdict {
    FRESH,
    USED,
    BELOW_WINDOW
  }

  public Verdict judge(long index) {
    if (index > highest) {
      return Verdict.FRESH;
    }
    long distance = highest - index;
    if (distance >= WIDTH) {
      return Verdict.BELOW_WINDOW;
    }
    return ((used >>> distance) & 1) == 0 ? Verdict.FRESH : Verdict.USED;
  }

  /** The window after a fresh index was used. */
  IndexWindow plus(long index) {
    if (index <= highest) {
      return new IndexWindow(highest, used | (1L << (highest - index)));
    }
    long shift = index - highest;
    long kept = shift < WIDTH ? used << shift : 0;
    return new IndexWindow(index, kept | 1);
  }
}
