package io.karst.proof.envelope;

/** The outcome of checking an envelope from outside. */
public enum EnvelopeVerdict {
  /** It holds. */
  VALID,
  /** The ciphertext is no canonical Megolm message of version 3. */
  MALFORMED,
  /** The header names another message index than the ciphertext. */
  INDEX_MISMATCH,
  /** The ciphertext does not bear the signature of the session that the header names. */
  SIGNATURE_INVALID;

  public boolean valid() {
    return this == VALID;
  }
}
