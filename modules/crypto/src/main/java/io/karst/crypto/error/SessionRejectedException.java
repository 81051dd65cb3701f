package io.karst.crypto.error;

/** A pre-key message from which no session may be made. */
public final class SessionRejectedException extends CryptoException {

  private static final long serialVersionUID = 1L;

  public SessionRejectedException(ErrorCode code, String detail) {
    super(code, detail);
  }
}
