package io.karst.crypto.error;

/** A message that is not authentic, or whose key this session does not have. */
public sealed class DecryptionException extends CryptoException
    permits UnknownMessageIndexException,
        MissingMessageKeyException,
        ReplayedMessageException,
        LateMessageException,
        MessageGapException {

  private static final long serialVersionUID = 1L;

  public DecryptionException(ErrorCode code, String detail) {
    super(code, detail);
  }
}
