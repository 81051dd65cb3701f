package io.karst.crypto.error;

/** A message that skips more of its chain than a receiver is willing to derive. */
public final class MessageGapException extends DecryptionException {

  private static final long serialVersionUID = 1L;

  private final long gap;
  private final long gapMax;

  public MessageGapException(long gap, long gapMax) {
    super(ErrorCode.MESSAGE_GAP_TOO_BIG, "skips " + gap + " messages, at most " + gapMax);
    this.gap = gap;
    this.gapMax = gapMax;
  }

  public long gap() {
    return gap;
  }

  public long gapMax() {
    return gapMax;
  }
}
