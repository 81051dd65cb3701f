package io.karst.crypto.channel;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;

/**
 * The end of an HPKE channel that read the other's key and waits for its first answer.
 *
 * <p>RFC 9180 in base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305; answers as in RFC 9458,
 * section 4.4; vodozemac's and MSC4388's. Single use: {@link #complete} consumes it, a refusal does
 * not. Not thread-safe.
 */
public final class HpkeSender implements Secret {

  private final HpkeContext context;

  private HpkeSender(HpkeContext context) {
    this.context = context;
  }

  /**
   * Begins a channel to the owner of {@code theirs}, with what it says first.
   *
   * @param info what the channel is for; both ends must say the same
   * @param associated what the peer must have, too, and is not sent; may be empty
   * @throws KeyRejectedException if the peer's key contributes nothing
   */
  public static Outgoing<HpkeSender, HpkeInitialMessage> connect(
      String info,
      Curve25519PublicKey theirs,
      byte[] plaintext,
      byte[] associated,
      RandomBytes random)
      throws KeyRejectedException {
    try (Curve25519SecretKey secretKey = Curve25519SecretKey.generate(random)) {
      Curve25519PublicKey ours = secretKey.publicKey();
      HpkeContext context = HpkeContext.of(secretKey.agree(theirs), new Ends(info, theirs, ours));
      ChannelMessage ciphertext = context.requests().seal(associated, plaintext);
      return new Outgoing<>(new HpkeSender(context), new HpkeInitialMessage(ours, ciphertext));
    }
  }

  /**
   * Opens the peer's first answer, with which the channel is complete.
   *
   * @param associated what the peer bound to its answer; may be empty
   * @throws DecryptionException if it is not the peer's answer, or was altered
   */
  public Incoming<EstablishedChannel> complete(HpkeInitialResponse response, byte[] associated)
      throws DecryptionException {
    AeadSequence responses = context.responses(response.nonce());
    try {
      byte[] plaintext = responses.open(associated, response.ciphertext());
      return new Incoming<>(context.senderChannel(responses), plaintext);
    } catch (DecryptionException e) {
      responses.destroy();
      throw e;
    }
  }

  @Override
  public void destroy() {
    context.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return context.isDestroyed();
  }

  @Override
  public String toString() {
    return isDestroyed() ? "HpkeSender(destroyed)" : "HpkeSender(secret)";
  }
}
