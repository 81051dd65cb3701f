package io.karst.proof.signature;

/** The outcome of checking something that was signed. */
public enum Verdict {
  /** It holds. */
  VALID,
  /** A public key is no canonical encoding, or a point of small order. */
  KEY_INVALID,
  /** The signature is not that key's over that statement, or not in canonical form. */
  SIGNATURE_INVALID,
  /** The device that is said to have signed had no right to. */
  SIGNER_UNKNOWN,
  /** It does not follow the statement before it: another owner, number or hash. */
  CHAIN_BROKEN;

  public boolean valid() {
    return this == VALID;
  }
}
