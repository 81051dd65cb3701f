package io.karst.crypto.wire;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.primitive.Base64Text;
import io.karst.crypto.primitive.CipherKeys;
import java.util.Arrays;

/**
 * A message of an established session: version, ratchet key, chain index, ciphertext, MAC.
 *
 * <p>Parsed means canonical, not authentic: only {@link #open} says that. Immutable.
 */
public final class NormalMessage implements OlmMessage {

  private static final int RATCHET_KEY_TAG = 0x0a;
  private static final int CHAIN_INDEX_TAG = 0x10;
  private static final int CIPHERTEXT_TAG = 0x22;

  private final byte[] frame;
  private final SessionConfig config;
  private final Curve25519PublicKey ratchetKey;
  private final long chainIndex;
  private final int ciphertextFrom;

  private NormalMessage(
      byte[] frame,
      SessionConfig config,
      Curve25519PublicKey ratchetKey,
      long chainIndex,
      int ciphertextFrom) {
    this.frame = frame;
    this.config = config;
    this.ratchetKey = ratchetKey;
    this.chainIndex = chainIndex;
    this.ciphertextFrom = ciphertextFrom;
  }

  /** Copies and parses a frame; anything but the canonical form is refused. */
  public static NormalMessage parse(byte[] bytes) throws EncodingException {
    return owning(bytes.clone());
  }

  /** Parses standard base64, padded or not. */
  public static NormalMessage fromBase64(String text) throws EncodingException {
    return owning(Base64Text.decode(text));
  }

  private static NormalMessage owning(byte[] frame) throws EncodingException {
    SessionConfig config = SessionConfig.ofVersion(FrameReader.version(frame));
    int end = frame.length - config.macLength();
    FrameReader reader = new FrameReader(frame, end);
    int keyFrom = reader.fixed(RATCHET_KEY_TAG, Curve25519PublicKey.LENGTH);
    long index = reader.number(CHAIN_INDEX_TAG);
    int from = reader.remainder(CIPHERTEXT_TAG);
    MegolmMessage.requireWholeBlocks(end - from);
    Curve25519PublicKey key = Curve25519PublicKey.within(frame, keyFrom);
    return new NormalMessage(frame, config, key, index, from);
  }

  /** Encrypts and authenticates; everything is determined by the arguments. */
  public static NormalMessage seal(
      SessionConfig config,
      Curve25519PublicKey ratchetKey,
      long chainIndex,
      byte[] plaintext,
      CipherKeys keys) {
    FrameWriter.requireBearable(plaintext);
    byte[] ciphertext = keys.encrypt(plaintext);
    int payload = FrameWriter.bytesLength(Curve25519PublicKey.LENGTH)
        + FrameWriter.numberLength(chainIndex)
        + FrameWriter.bytesLength(ciphertext.length);
    FrameWriter writer = new FrameWriter(config.version(), payload, config.macLength())
        .bytes(RATCHET_KEY_TAG, ratchetKey.bytes())
        .number(CHAIN_INDEX_TAG, chainIndex)
        .bytes(CIPHERTEXT_TAG, ciphertext);
    int from = writer.length() - ciphertext.length;
    writer.append(keys.mac(writer.soFar(), writer.length(), config.macLength()));
    return new NormalMessage(writer.finish(), config, ratchetKey, chainIndex, from);
  }

  /** Checks the MAC and decrypts. */
  public byte[] open(CipherKeys keys) throws DecryptionException {
    int macFrom = frame.length - config.macLength();
    keys.requireMac(frame, macFrom, mac());
    return keys.decrypt(frame, ciphertextFrom, macFrom - ciphertextFrom);
  }

  public SessionConfig config() {
    return config;
  }

  /** The sender's current ratchet key. */
  public Curve25519PublicKey ratchetKey() {
    return ratchetKey;
  }

  /** Place in the chain of that ratchet key, 0 to 2^32 - 1. */
  public long chainIndex() {
    return chainIndex;
  }

  /** A fresh copy of the ciphertext. */
  public byte[] ciphertext() {
    return Arrays.copyOfRange(frame, ciphertextFrom, frame.length - config.macLength());
  }

  /** A fresh copy of the MAC. */
  public byte[] mac() {
    return Arrays.copyOfRange(frame, frame.length - config.macLength(), frame.length);
  }

  @Override
  public int type() {
    return NORMAL_TYPE;
  }

  @Override
  public byte[] bytes() {
    return frame.clone();
  }

  @Override
  public String toBase64() {
    return Base64Text.encode(frame);
  }

  @Override
  public NormalMessage normal() {
    return this;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.normal(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NormalMessage that && Arrays.equals(frame, that.frame);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(frame);
  }

  @Override
  public String toString() {
    return "NormalMessage(chain index " + chainIndex + ", " + frame.length + " bytes)";
  }
}
