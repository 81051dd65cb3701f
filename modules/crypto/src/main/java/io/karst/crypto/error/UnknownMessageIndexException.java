package io.karst.crypto.error;

/** A group message from before the first index that the session knows. */
public final class UnknownMessageIndexException extends DecryptionException {

  private static final long serialVersionUID = 1L;

  private final long firstKnown;
  private final long actual;

  public UnknownMessageIndexException(long firstKnown, long actual) {
    super(
        ErrorCode.UNKNOWN_MESSAGE_INDEX,
        "first known index is " + firstKnown + ", asked for " + actual);
    this.firstKnown = firstKnown;
    this.actual = actual;
  }

  public long firstKnown() {
    return firstKnown;
  }

  public long actual() {
    return actual;
  }
}
