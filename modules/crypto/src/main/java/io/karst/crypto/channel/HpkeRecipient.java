package io.karst.crypto.channel;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;

/**
 * The end of an HPKE channel that shows its key, and waits for whoever read it.
 *
 * <p>Single use: {@link #accept} consumes it, a refusal does not. Not thread-safe.
 */
public final class HpkeRecipient implements Secret {

  private final Curve25519SecretKey secretKey;
  private final String info;

  private HpkeRecipient(Curve25519SecretKey secretKey, String info) {
    this.secretKey = secretKey;
    this.info = info;
  }

  /**
   * Draws a fresh key.
   *
   * @param info what the channel is for; both ends must say the same
   */
  public static HpkeRecipient start(String info, RandomBytes random) {
    return new HpkeRecipient(Curve25519SecretKey.generate(random), info);
  }

  /** What the peer needs, by a way that nobody can change. */
  public Curve25519PublicKey publicKey() {
    return secretKey.publicKey();
  }

  /**
   * Opens a peer's first message. Who that is, nobody knows before the check codes were compared.
   *
   * @param associated what the peer bound to its message; may be empty
   * @throws KeyRejectedException if the peer's key contributes nothing
   * @throws DecryptionException if the message is not for this key, or was altered
   */
  public Incoming<HpkeResponder> accept(HpkeInitialMessage message, byte[] associated)
      throws KeyRejectedException, DecryptionException {
    Curve25519PublicKey theirs = message.encapsulatedKey();
    HpkeContext context =
        HpkeContext.of(secretKey.agree(theirs), new Ends(info, publicKey(), theirs));
    try {
      byte[] plaintext = context.requests().open(associated, message.ciphertext());
      destroy();
      return new Incoming<>(new HpkeResponder(context), plaintext);
    } catch (DecryptionException e) {
      context.destroy();
      throw e;
    }
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
    return isDestroyed() ? "HpkeRecipient(destroyed)" : "HpkeRecipient(secret)";
  }
}
