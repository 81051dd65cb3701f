package io.karst.crypto.megolm;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Secret;
import io.karst.crypto.primitive.SecretBase64;
import io.karst.crypto.primitive.SecretBytes;
import io.karst.crypto.primitive.Wipe;

/**
 * What a receiver gives to a late joiner: the ratchet at an index of its choice, unsigned.
 *
 * <p>165 bytes, 220 characters. Nothing in it proves that the ratchet belongs to the public key, so
 * a session made from it is not verified. Text is a byte array, to be wiped.
 */
public final class ExportedSessionKey implements Secret {

  /** Bytes of an exported key. */
  public static final int LENGTH = KeyFrame.LENGTH;

  private static final byte VERSION = 1;

  private final SecretBytes frame;
  private final Ed25519PublicKey publicKey;

  private ExportedSessionKey(byte[] frame, Ed25519PublicKey publicKey) {
    this.frame = new SecretBytes(frame);
    this.publicKey = publicKey;
  }

  static ExportedSessionKey of(Ratchet ratchet, Ed25519PublicKey publicKey) {
    return new ExportedSessionKey(KeyFrame.write(VERSION, ratchet, publicKey, LENGTH), publicKey);
  }

  /**
   * Copies and checks 165 bytes.
   *
   * @throws EncodingException on a wrong version or length
   * @throws KeyRejectedException if the public key is not one
   */
  public static ExportedSessionKey fromBytes(byte[] bytes) throws CryptoException {
    return owning(bytes.clone());
  }

  /** Decodes unpadded standard base64 in constant time; the caller wipes {@code text}. */
  public static ExportedSessionKey fromBase64(byte[] text) throws CryptoException {
    return owning(SecretBase64.decode(text));
  }

  private static ExportedSessionKey owning(byte[] frame) throws CryptoException {
    boolean accepted = false;
    try {
      KeyFrame.require(frame, VERSION, LENGTH);
      Ed25519PublicKey publicKey = KeyFrame.publicKey(frame);
      accepted = true;
      return new ExportedSessionKey(frame, publicKey);
    } finally {
      if (!accepted) {
        Wipe.all(frame);
      }
    }
  }

  /** The first index that it opens, 0 to 2^32 - 1. */
  public long messageIndex() {
    return KeyFrame.index(frame.live());
  }

  /** Base64 of the session's public key. */
  public String sessionId() {
    return publicKey.toBase64();
  }

  /** A fresh copy of the 165 bytes, to be wiped by the caller. */
  public byte[] bytes() {
    return frame.live().clone();
  }

  /** 220 ASCII characters, to be wiped by the caller. */
  public byte[] toBase64() {
    return SecretBase64.encode(frame.live());
  }

  Ratchet ratchet() {
    return KeyFrame.ratchet(frame.live());
  }

  Ed25519PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public void destroy() {
    frame.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return frame.isDestroyed();
  }

  @Override
  public String toString() {
    return frame.describe("ExportedSessionKey");
  }
}
