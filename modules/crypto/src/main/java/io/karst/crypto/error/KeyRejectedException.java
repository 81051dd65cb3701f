package io.karst.crypto.error;

/** A key of the wrong length, off the curve, of small order, or that contributes nothing. */
public final class KeyRejectedException extends CryptoException {

  private static final long serialVersionUID = 1L;

  public KeyRejectedException(ErrorCode code, String detail) {
    super(code, detail);
  }
}
