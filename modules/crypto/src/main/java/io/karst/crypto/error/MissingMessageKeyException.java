package io.karst.crypto.error;

/** The key of this message was used already, was dropped, or never was. */
public final class MissingMessageKeyException extends DecryptionException {

  private static final long serialVersionUID = 1L;

  private final long chainIndex;

  public MissingMessageKeyException(long chainIndex) {
    super(ErrorCode.MISSING_MESSAGE_KEY, "no key for chain index " + chainIndex);
    this.chainIndex = chainIndex;
  }

  public long chainIndex() {
    return chainIndex;
  }
}
