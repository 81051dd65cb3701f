package io.karst.crypto.megolm;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Ed25519Signature;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.Secret;
import io.karst.crypto.primitive.SecretBase64;
import io.karst.crypto.primitive.SecretBytes;
import io.karst.crypto.primitive.Wipe;

/**
 * What a sender gives to receivers: its ratchet at the current index, signed by the session's key.
 *
 * <p>229 bytes, 306 characters. It opens messages from its index on, not those before. Invariant: a
 * constructed value is canonical and its signature verified. Text is a byte array, to be wiped.
 */
public final class SessionKey implements Secret {

  /** Bytes of a session key. */
  public static final int LENGTH = KeyFrame.LENGTH + Ed25519Signature.LENGTH;

  private static final byte VERSION = 2;

  private final SecretBytes frame;
  private final Ed25519PublicKey publicKey;

  private SessionKey(byte[] frame, Ed25519PublicKey publicKey) {
    this.frame = new SecretBytes(frame);
    this.publicKey = publicKey;
  }

  static SessionKey of(Ratchet ratchet, Ed25519SigningKey signingKey) {
    byte[] frame = KeyFrame.write(VERSION, ratchet, signingKey.publicKey(), LENGTH);
    byte[] signature = signingKey.sign(frame, KeyFrame.LENGTH).bytes();
    System.arraycopy(signature, 0, frame, KeyFrame.LENGTH, signature.length);
    return new SessionKey(frame, signingKey.publicKey());
  }

  /**
   * Copies and checks 229 bytes.
   *
   * @throws EncodingException on a wrong version or length
   * @throws KeyRejectedException if the public key is not one
   * @throws SignatureRejectedException if it was not signed by that key
   */
  public static SessionKey fromBytes(byte[] bytes) throws CryptoException {
    return owning(bytes.clone());
  }

  /** Decodes unpadded standard base64 in constant time; the caller wipes {@code text}. */
  public static SessionKey fromBase64(byte[] text) throws CryptoException {
    return owning(SecretBase64.decode(text));
  }

  private static SessionKey owning(byte[] frame) throws CryptoException {
    boolean accepted = false;
    try {
      KeyFrame.require(frame, VERSION, LENGTH);
      Ed25519PublicKey publicKey = KeyFrame.publicKey(frame);
      publicKey.verify(frame, KeyFrame.LENGTH, Ed25519Signature.within(frame, KeyFrame.LENGTH));
      accepted = true;
      return new SessionKey(frame, publicKey);
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

  /** A fresh copy of the 229 bytes, to be wiped by the caller. */
  public byte[] bytes() {
    return frame.live().clone();
  }

  /** 306 ASCII characters, to be wiped by the caller. */
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
    return frame.describe("SessionKey");
  }
}
