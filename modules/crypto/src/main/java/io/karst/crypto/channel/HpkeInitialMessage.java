package io.karst.crypto.channel;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.primitive.Base64Text;
import org.bouncycastle.util.Arrays;

/**
 * The first message of an HPKE channel: an encapsulated key of 32 bytes, then a ciphertext.
 *
 * <p>Parsed means well formed, not authentic. Immutable.
 *
 * @param encapsulatedKey of whoever connects: whose that is, the message does not say
 * @param ciphertext what whoever connects says first
 */
public record HpkeInitialMessage(Curve25519PublicKey encapsulatedKey, ChannelMessage ciphertext) {

  /** Copies the parts; what has no room for a key and a tag is refused. */
  public static HpkeInitialMessage parse(byte[] bytes) throws EncodingException {
    ChannelMessage ciphertext = ChannelMessage.from(bytes, Curve25519PublicKey.LENGTH);
    return new HpkeInitialMessage(Curve25519PublicKey.within(bytes, 0), ciphertext);
  }

  /** Parses standard base64, padded or not. */
  public static HpkeInitialMessage fromBase64(String text) throws EncodingException {
    return parse(Base64Text.decode(text));
  }

  /** A fresh array with both parts. */
  public byte[] bytes() {
    return Arrays.concatenate(encapsulatedKey.bytes(), ciphertext.live());
  }

  /** Both parts in unpadded standard base64. */
  public String toBase64() {
    return Base64Text.encode(bytes());
  }

  @Override
  public String toString() {
    return "HpkeInitialMessage(" + encapsulatedKey + ", " + ciphertext + ")";
  }
}
