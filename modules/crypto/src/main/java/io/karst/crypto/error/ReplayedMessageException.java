package io.karst.crypto.error;

/** A group message whose index the session has opened already, with these bytes or with others. */
public final class ReplayedMessageException extends DecryptionException {

  private static final long serialVersionUID = 1L;

  private final long messageIndex;

  public ReplayedMessageException(long messageIndex) {
    super(ErrorCode.MESSAGE_REPLAYED, "index " + messageIndex + " was opened before");
    this.messageIndex = messageIndex;
  }

  public long messageIndex() {
    return messageIndex;
  }
}
