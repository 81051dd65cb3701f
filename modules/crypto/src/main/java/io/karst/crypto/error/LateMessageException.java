package io.karst.crypto.error;

/** A group message from before the part of its session whose record of openings is kept. */
public final class LateMessageException extends DecryptionException {

  private static final long serialVersionUID = 1L;

  private final long toldFrom;
  private final long messageIndex;

  public LateMessageException(long toldFrom, long messageIndex) {
    super(
        ErrorCode.MESSAGE_TOO_LATE,
        "openings are recorded from " + toldFrom + " on, not at " + messageIndex);
    this.toldFrom = toldFrom;
    this.messageIndex = messageIndex;
  }

  /** The first index of which it is known whether it was opened. */
  public long toldFrom() {
    return toldFrom;
  }

  public long messageIndex() {
    return messageIndex;
  }
}
