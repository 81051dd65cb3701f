package io.karst.crypto.error;

/** The last index was used: a new session is needed, since wrapping would repeat message keys. */
public final class RatchetExhaustedException extends CryptoException {

  private static final long serialVersionUID = 1L;

  public RatchetExhaustedException() {
    super(ErrorCode.RATCHET_EXHAUSTED, "no index is left");
  }
}
