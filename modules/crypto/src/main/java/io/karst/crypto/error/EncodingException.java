package io.karst.crypto.error;

/** Bytes or text that are not the canonical form of what they should be. */
public sealed class EncodingException extends CryptoException permits UnsupportedVersionException {

  private static final long serialVersionUID = 1L;

  public EncodingException(ErrorCode code, String detail) {
    super(code, detail);
  }
}
