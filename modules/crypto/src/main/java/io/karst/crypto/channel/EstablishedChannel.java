package io.karst.crypto.channel;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Secret;

/**
 * A channel in both directions. Messages arrive in the order in which they were sent, each once.
 *
 * <p>A refused message changes nothing: the one that was sent is still accepted after it. Not
 * thread-safe.
 */
public final class EstablishedChannel implements Secret {

  private static final byte[] NOTHING = {};

  private final AeadSequence sending;
  private final AeadSequence receiving;
  private final CheckCode checkCode;
  private final Curve25519PublicKey publicKey;
  private final Curve25519PublicKey theirPublicKey;

  /** Takes the sequences over. */
  EstablishedChannel(
      AeadSequence sending,
      AeadSequence receiving,
      CheckCode checkCode,
      Curve25519PublicKey publicKey,
      Curve25519PublicKey theirPublicKey) {
    this.sending = sending;
    this.receiving = receiving;
    this.checkCode = checkCode;
    this.publicKey = publicKey;
    this.theirPublicKey = theirPublicKey;
  }

  public ChannelMessage encrypt(byte[] plaintext) {
    return encrypt(plaintext, NOTHING);
  }

  /**
   * Encrypts, and binds {@code associated} to the message.
   *
   * @param associated what the peer must have, too, and is not sent; vodozemac's ECIES has none
   */
  public ChannelMessage encrypt(byte[] plaintext, byte[] associated) {
    return sending.seal(associated, plaintext);
  }

  /** Opens the peer's next message; the caller owns the plaintext. */
  public byte[] decrypt(ChannelMessage message) throws DecryptionException {
    return decrypt(message, NOTHING);
  }

  /** Opens the peer's next message, which {@code associated} was bound to. */
  public byte[] decrypt(ChannelMessage message, byte[] associated) throws DecryptionException {
    return receiving.open(associated, message);
  }

  /** The same on both ends, if nobody is between them. */
  public CheckCode checkCode() {
    return checkCode;
  }

  /** Our key in this channel. */
  public Curve25519PublicKey publicKey() {
    return publicKey;
  }

  /** The peer's key in this channel. */
  public Curve25519PublicKey theirPublicKey() {
    return theirPublicKey;
  }

  @Override
  public void destroy() {
    sending.destroy();
    receiving.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return sending.isDestroyed();
  }

  @Override
  public String toString() {
    return "EstablishedChannel(" + (isDestroyed() ? "destroyed" : "secret") + ")";
  }
}
