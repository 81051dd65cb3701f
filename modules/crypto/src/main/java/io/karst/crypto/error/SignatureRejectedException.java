package io.karst.crypto.error;

/** An Ed25519 signature that does not verify strictly. */
public final class SignatureRejectedException extends CryptoException {

  private static final long serialVersionUID = 1L;

  public SignatureRejectedException() {
    super(ErrorCode.INVALID_SIGNATURE, "signature does not verify");
  }
}
