package io.karst.crypto.key;

/**
 * An implementation of Ed25519. All of them give the same answers and the same signatures.
 *
 * <p>Safe for threads.
 */
interface Ed25519Engine {

  /**
   * Whether the equation of RFC 8032 holds, with the cofactor, for canonical R and S.
   *
   * @param key whose group was checked
   * @param signature whose R is not of small order
   */
  boolean verifies(Ed25519PublicKey key, byte[] data, int length, Ed25519Signature signature);

  /** What signs with one key. */
  Ed25519Signer signer(Ed25519SigningKey key);

  /** Its name, its version and what it is used for. */
  String text();
}
