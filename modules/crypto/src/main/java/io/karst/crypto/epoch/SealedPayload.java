package io.karst.crypto.epoch;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.key.Secret;
import io.karst.crypto.primitive.SecretBase64;
import io.karst.crypto.primitive.SecretBytes;
import io.karst.crypto.primitive.Wipe;
import java.util.Arrays;

/**
 * What is sealed to each device when an epoch begins: epoch key (32 bytes), manifest hash (32).
 *
 * <p>As text, unpadded standard base64, 86 ASCII characters, so that peers whose Olm plaintext is a
 * string can open it. Text is a byte array, to be wiped.
 */
public final class SealedPayload implements Secret {

  /** Bytes of a manifest hash. */
  public static final int HASH_LENGTH = 32;

  /** ASCII characters of the text. */
  public static final int TEXT_LENGTH = 86;

  private static final int LENGTH = EpochKey.LENGTH + HASH_LENGTH;

  private final SecretBytes content;

  /** Takes the array over. */
  private SealedPayload(byte[] content) {
    this.content = new SecretBytes(content);
  }

  /** Copies both; the key stays the caller's. */
  public static SealedPayload of(EpochKey key, byte[] manifestHash) {
    if (manifestHash.length != HASH_LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + manifestHash.length);
    }
    byte[] content = Arrays.copyOf(key.live(), LENGTH);
    System.arraycopy(manifestHash, 0, content, EpochKey.LENGTH, HASH_LENGTH);
    return new SealedPayload(content);
  }

  /** Parses exactly 86 characters in constant time; the caller wipes {@code text}. */
  public static SealedPayload parse(byte[] text) throws EncodingException {
    if (text.length != TEXT_LENGTH) {
      throw new EncodingException(
          ErrorCode.BAD_FORMAT, "a sealed payload has 86 characters, not " + text.length);
    }
    return new SealedPayload(SecretBase64.decode(text));
  }

  /** 86 ASCII characters, to be encrypted and then wiped by the caller. */
  public byte[] toText() {
    return SecretBase64.encode(content.live());
  }

  /** The key, as an object of its own; check it against the manifest's commitment. */
  public EpochKey epochKey() {
    byte[] key = Arrays.copyOf(content.live(), EpochKey.LENGTH);
    try {
      return EpochKey.fromOpened(key);
    } finally {
      Wipe.all(key);
    }
  }

  /** A fresh copy of the hash; compare it with the manifest's before anything else. */
  public byte[] manifestHash() {
    return Arrays.copyOfRange(content.live(), EpochKey.LENGTH, LENGTH);
  }

  @Override
  public void destroy() {
    content.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return content.isDestroyed();
  }

  @Override
  public String toString() {
    return content.describe("SealedPayload");
  }
}
