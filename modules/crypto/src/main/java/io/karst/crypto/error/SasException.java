package io.karst.crypto.error;

/** The peer of a verification did not prove what it claimed. */
public final class SasException extends CryptoException {

  private static final long serialVersionUID = 1L;

  public SasException() {
    super(ErrorCode.SAS_MAC_MISMATCH, "the peer's MAC is not the expected one");
  }
}
