package io.karst.crypto.channel;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SharedSecret;
import io.karst.crypto.primitive.ChaChaPoly;

/**
 * The start of an ECIES channel, as vodozemac has it: X25519, HKDF-SHA-512, ChaCha20-Poly1305.
 *
 * <p>One end shows its key, the other {@linkplain #connect connects} to it. MSC4108 of 2024; for
 * anything new take HPKE ({@link HpkeSender}, {@link HpkeRecipient}). Single use: the first channel
 * consumes it, a refusal does not. Not thread-safe.
 */
public final class Ecies implements Secret {

  /** The {@code info} of Matrix's login by QR code, for ECIES and HPKE. */
  public static final String MATRIX_QR_CODE_LOGIN = "MATRIX_QR_CODE_LOGIN";

  private final Curve25519SecretKey secretKey;
  private final String info;

  private Ecies(Curve25519SecretKey secretKey, String info) {
    this.secretKey = secretKey;
    this.info = info;
  }

  /**
   * Draws a fresh key.
   *
   * @param info what the channel is for; both ends must say the same
   */
  public static Ecies start(String info, RandomBytes random) {
    return new Ecies(Curve25519SecretKey.generate(random), info);
  }

  /** What the other end needs, by a way that nobody can change, if it is the one that connects. */
  public Curve25519PublicKey publicKey() {
    return secretKey.publicKey();
  }

  /**
   * Makes a channel to the owner of {@code theirs}, with what it says first.
   *
   * @throws KeyRejectedException if the peer's key contributes nothing
   */
  public Outgoing<EstablishedChannel, EciesInitialMessage> connect(
      Curve25519PublicKey theirs, byte[] plaintext) throws KeyRejectedException {
    Ends ends = new Ends(info, theirs, publicKey());
    try (SharedSecret secret = secretKey.agree(theirs)) {
      EstablishedChannel channel = ends.ofConnecting(
          requests(secret, ends), responses(secret, ends), checkCode(secret, ends));
      EciesInitialMessage message =
          new EciesInitialMessage(publicKey(), channel.encrypt(plaintext));
      destroy();
      return new Outgoing<>(channel, message);
    }
  }

  /**
   * Makes the channel that a peer asks for. Who that is, nobody knows before the check codes were
   * compared.
   *
   * @throws KeyRejectedException if the peer's key contributes nothing
   * @throws DecryptionException if the message is not for this key, or was altered
   */
  public Incoming<EstablishedChannel> accept(EciesInitialMessage message)
      throws KeyRejectedException, DecryptionException {
    Ends ends = new Ends(info, publicKey(), message.publicKey());
    try (SharedSecret secret = secretKey.agree(message.publicKey())) {
      EstablishedChannel channel =
          ends.ofShown(requests(secret, ends), responses(secret, ends), checkCode(secret, ends));
      return new Incoming<>(channel, first(channel, message));
    }
  }

  private byte[] first(EstablishedChannel channel, EciesInitialMessage message)
      throws DecryptionException {
    try {
      byte[] plaintext = channel.decrypt(message.ciphertext());
      destroy();
      return plaintext;
    } catch (DecryptionException e) {
      channel.destroy();
      throw e;
    }
  }

  private static AeadSequence requests(SharedSecret secret, Ends ends) {
    return sequence(secret, ends.name("_ENCKEY_S"));
  }

  private static AeadSequence responses(SharedSecret secret, Ends ends) {
    return sequence(secret, ends.name("_ENCKEY_G"));
  }

  private static AeadSequence sequence(SharedSecret secret, byte[] name) {
    return AeadSequence.ofEcies(secret.copy().deriveWithSha512(name, ChaChaPoly.KEY_LENGTH));
  }

  private static CheckCode checkCode(SharedSecret secret, Ends ends) {
    byte[] name = ends.name(CheckCode.PURPOSE);
    return new CheckCode(secret.copy().deriveWithSha512(name, CheckCode.LENGTH));
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
    return isDestroyed() ? "Ecies(destroyed)" : "Ecies(secret)";
  }
}
