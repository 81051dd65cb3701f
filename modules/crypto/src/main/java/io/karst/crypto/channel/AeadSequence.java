package io.karst.crypto.channel;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.key.Secret;
import io.karst.crypto.primitive.ChaChaPoly;
import io.karst.crypto.primitive.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One direction of a channel: ChaCha20-Poly1305 under one key, each message with the next nonce.
 *
 * <p>Invariant: only a message that was authentic moves the number on, so a forged one does not
 * part the two ends. 2^63 messages are out of reach. Not thread-safe.
 */
final class AeadSequence implements Secret {

  private final SecretBytes key;
  private final byte[] baseNonce;
  private final ByteOrder order;
  private long number;

  private AeadSequence(byte[] key, byte[] baseNonce, ByteOrder order, long number) {
    this.key = new SecretBytes(key);
    this.baseNonce = baseNonce;
    this.order = order;
    this.number = number;
  }

  /** ECIES: the nonce is the number, little endian. Takes the key over. */
  static AeadSequence ofEcies(byte[] key) {
    return new AeadSequence(key, new byte[ChaChaPoly.NONCE_LENGTH], ByteOrder.LITTLE_ENDIAN, 0);
  }

  /** HPKE: the number, big endian, is added to a base nonce bit by bit. Takes the arrays over. */
  static AeadSequence ofHpke(byte[] key, byte[] baseNonce) {
    return new AeadSequence(key, baseNonce, ByteOrder.BIG_ENDIAN, 0);
  }

  ChannelMessage seal(byte[] associated, byte[] plaintext) {
    byte[] sealed = ChaChaPoly.seal(key.live(), nonce(), associated, plaintext);
    number++;
    return new ChannelMessage(sealed);
  }

  byte[] open(byte[] associated, ChannelMessage message) throws DecryptionException {
    byte[] plaintext = ChaChaPoly.open(key.live(), nonce(), associated, message.live());
    number++;
    return plaintext;
  }

  /** A sequence of its own at the same number, so that this one can be destroyed. */
  AeadSequence copy() {
    return new AeadSequence(key.live().clone(), baseNonce, order, number);
  }

  private byte[] nonce() {
    int from = order == ByteOrder.LITTLE_ENDIAN ? 0 : ChaChaPoly.NONCE_LENGTH - Long.BYTES;
    byte[] nonce = baseNonce.clone();
    ByteBuffer bits = ByteBuffer.wrap(nonce).order(order);
    return bits.putLong(from, bits.getLong(from) ^ number).array();
  }

  @Override
  public void destroy() {
    key.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return key.isDestroyed();
  }

  @Override
  public String toString() {
    return key.describe("AeadSequence");
  }
}
