package io.karst.crypto.error;

/** A pickle that cannot be opened, or a state that a foreign format cannot hold. */
public final class PickleException extends CryptoException {

  private static final long serialVersionUID = 1L;

  public PickleException(ErrorCode code, String detail) {
    super(code, detail);
  }
}
