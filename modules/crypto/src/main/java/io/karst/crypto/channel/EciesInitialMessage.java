package io.karst.crypto.channel;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;

/**
 * The first message of an ECIES channel: a ciphertext and the key of whoever connects.
 *
 * <p>Its text is both in base64 with {@code |} between. Parsed means well formed, not authentic.
 * Immutable.
 *
 * @param publicKey of whoever connects: whose that is, the message does not say
 * @param ciphertext what whoever connects says first
 */
public record EciesInitialMessage(Curve25519PublicKey publicKey, ChannelMessage ciphertext) {

  private static final char SEPARATOR = '|';

  /**
   * Parses {@code ciphertext|key}.
   *
   * @throws EncodingException if there are not two parts in base64, the first as long as a tag
   * @throws KeyRejectedException if the key has another length than 32 bytes
   */
  public static EciesInitialMessage fromText(String text)
      throws EncodingException, KeyRejectedException {
    int end = text.indexOf(SEPARATOR);
    if (end < 0) {
      throw new EncodingException(ErrorCode.BAD_FORMAT, "no | between ciphertext and key");
    }
    Curve25519PublicKey publicKey = Curve25519PublicKey.fromBase64(text.substring(end + 1));
    return new EciesInitialMessage(publicKey, ChannelMessage.fromBase64(text.substring(0, end)));
  }

  /** The text that {@link #fromText} reads, without padding. */
  public String toText() {
    return ciphertext.toBase64() + SEPARATOR + publicKey.toBase64();
  }

  @Override
  public String toString() {
    return "EciesInitialMessage(" + publicKey + ", " + ciphertext + ")";
  }
}
