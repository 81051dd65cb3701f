package io.karst.crypto.wire;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Ed25519Signature;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.primitive.Base64Text;
import io.karst.crypto.primitive.CipherKeys;
import java.util.Arrays;

/**
 * One group message: version, index, AES-256-CBC ciphertext, MAC (8 or 32 bytes), Ed25519
 * signature.
 *
 * <p>Parsed means canonical, not authentic: only {@link #verify} and then {@link #open} say that.
 * Immutable. Source: the Megolm specification.
 */
public final class MegolmMessage {

  private static final int INDEX_TAG = 0x08;
  private static final int CIPHERTEXT_TAG = 0x12;

  private final byte[] frame;
  private final SessionConfig config;
  private final long messageIndex;
  private final int ciphertextFrom;

  private MegolmMessage(byte[] frame, SessionConfig config, long messageIndex, int ciphertextFrom) {
    this.frame = frame;
    this.config = config;
    this.messageIndex = messageIndex;
    this.ciphertextFrom = ciphertextFrom;
  }

  /** Copies and parses a frame; anything but the canonical form is refused. */
  public static MegolmMessage parse(byte[] bytes) throws EncodingException {
    return owning(bytes.clone());
  }

  /** Parses standard base64, padded or not. */
  public static MegolmMessage fromBase64(String text) throws EncodingException {
    return owning(Base64Text.decode(text));
  }

  private static MegolmMessage owning(byte[] frame) throws EncodingException {
    SessionConfig config = SessionConfig.ofVersion(FrameReader.version(frame));
    int end = frame.length - config.macLength() - Ed25519Signature.LENGTH;
    FrameReader reader = new FrameReader(frame, end);
    long index = reader.number(INDEX_TAG);
    int from = reader.remainder(CIPHERTEXT_TAG);
    requireWholeBlocks(end - from);
    return new MegolmMessage(frame, config, index, from);
  }

  static void requireWholeBlocks(int ciphertextLength) throws EncodingException {
    if (ciphertextLength < CipherKeys.BLOCK_LENGTH
        || ciphertextLength % CipherKeys.BLOCK_LENGTH != 0) {
      throw new EncodingException(ErrorCode.BAD_FORMAT, "ciphertext is not made of whole blocks");
    }
  }

  /** Encrypts, authenticates and signs; everything is determined by the arguments. */
  public static MegolmMessage seal(
      SessionConfig config,
      long messageIndex,
      byte[] plaintext,
      CipherKeys keys,
      Ed25519SigningKey signingKey) {
    FrameWriter.requireBearable(plaintext);
    byte[] ciphertext = keys.encrypt(plaintext);
    int payload =
        FrameWriter.numberLength(messageIndex) + FrameWriter.bytesLength(ciphertext.length);
    FrameWriter writer = new FrameWriter(
            config.version(), payload, config.macLength() + Ed25519Signature.LENGTH)
        .number(INDEX_TAG, messageIndex)
        .bytes(CIPHERTEXT_TAG, ciphertext);
    int from = writer.length() - ciphertext.length;
    writer.append(keys.mac(writer.soFar(), writer.length(), config.macLength()));
    writer.append(signingKey.sign(writer.soFar(), writer.length()).bytes());
    return new MegolmMessage(writer.finish(), config, messageIndex, from);
  }

  /** Checks the session's signature over everything before it. */
  public void verify(Ed25519PublicKey sessionKey) throws SignatureRejectedException {
    sessionKey.verify(frame, signatureFrom(), signature());
  }

  /** Checks the MAC and decrypts. The caller has checked the signature before. */
  public byte[] open(CipherKeys keys) throws DecryptionException {
    int macFrom = macFrom();
    keys.requireMac(frame, macFrom, mac());
    return keys.decrypt(frame, ciphertextFrom, macFrom - ciphertextFrom);
  }

  public SessionConfig config() {
    return config;
  }

  /** Place in the sender's ratchet, 0 to 2^32 - 1. */
  public long messageIndex() {
    return messageIndex;
  }

  /** A fresh copy of the ciphertext. */
  public byte[] ciphertext() {
    return Arrays.copyOfRange(frame, ciphertextFrom, macFrom());
  }

  /** A fresh copy of the MAC. */
  public byte[] mac() {
    return Arrays.copyOfRange(frame, macFrom(), signatureFrom());
  }

  public Ed25519Signature signature() {
    return Ed25519Signature.within(frame, signatureFrom());
  }

  /** A fresh copy of the whole frame. */
  public byte[] bytes() {
    return frame.clone();
  }

  /** The whole frame in unpadded standard base64. */
  public String toBase64() {
    return Base64Text.encode(frame);
  }

  private int macFrom() {
    return signatureFrom() - config.macLength();
  }

  private int signatureFrom() {
    return frame.length - Ed25519Signature.LENGTH;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MegolmMessage that && Arrays.equals(frame, that.frame);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(frame);
  }

  @Override
  public String toString() {
    return "MegolmMessage(index " + messageIndex + ", " + frame.length + " bytes)";
  }
}
