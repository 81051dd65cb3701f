package io.karst.crypto.error;

/**
 * A refusal of foreign input, or the end of a ratchet; the object it came from is unchanged.
 *
 * <p>Checked, because every caller that handles bytes of strangers meets it. Misuse by the program
 * itself (a destroyed key, a negative index) is an unchecked exception instead. No message contains
 * a secret or a ciphertext.
 */
public abstract sealed class CryptoException extends Exception
    permits EncodingException,
        KeyRejectedException,
        SignatureRejectedException,
        DecryptionException,
        SessionRejectedException,
        RatchetExhaustedException,
        PickleException,
        SasException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  CryptoException(ErrorCode code, String detail) {
    super(code.text() + ": " + detail);
    this.code = code;
  }

  /** What callers branch on. */
  public final ErrorCode code() {
    return code;
  }
}
