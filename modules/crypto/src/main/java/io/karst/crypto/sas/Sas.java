package io.karst.crypto.sas;

import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;

/**
 * The start of a verification: a fresh key, whose public half goes to the peer.
 *
 * <p>Whoever starts must commit to its key (a hash of it) before it sees the peer's, or a man in
 * the middle could search for a key that gives the same short string; that commitment is the
 * application's part. Single use: {@link #agree} consumes it. Not thread-safe.
 */
public final class Sas implements Secret {

  private final Curve25519SecretKey secretKey;

  private Sas(Curve25519SecretKey secretKey) {
    this.secretKey = secretKey;
  }

  /** Draws a fresh key. */
  public static Sas start(RandomBytes random) {
    return new Sas(Curve25519SecretKey.generate(random));
  }

  public Curve25519PublicKey publicKey() {
    return secretKey.publicKey();
  }

  /**
   * Agrees with the peer on what to compare.
   *
   * @throws KeyRejectedException if the peer's key contributes nothing
   */
  public EstablishedSas agree(Curve25519PublicKey theirPublicKey) throws KeyRejectedException {
    EstablishedSas established = new EstablishedSas(secretKey.agree(theirPublicKey));
    destroy();
    return established;
  }

  @Override
  public void destroy() {
    secretKey.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return secretKey.isDestroyed();
  }

  @Override
  public String toString() {
    return isDestroyed() ? "Sas(destroyed)" : "Sas(secret)";
  }
}
