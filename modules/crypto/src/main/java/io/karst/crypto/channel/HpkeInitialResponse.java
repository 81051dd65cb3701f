package io.karst.crypto.channel;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.primitive.Base64Text;
import java.util.Arrays;

/**
 * The first answer in an HPKE channel: a nonce of 32 bytes, then a ciphertext.
 *
 * <p>Parsed means well formed, not authentic. Immutable.
 */
public final class HpkeInitialResponse {

  private final byte[] nonce;
  private final byte[] ciphertext;

  /** Takes the arrays over. */
  HpkeInitialResponse(byte[] nonce, byte[] ciphertext) {
    this.nonce = nonce;
    this.ciphertext = ciphertext;
  }

  /** Copies the parts; what has no room for a nonce and a tag is refused. */
  public static HpkeInitialResponse parse(byte[] bytes) throws EncodingException {
    int from = HpkeContext.RESPONSE_NONCE_LENGTH;
    ChannelMessage.requireTag(bytes.length, from);
    return new HpkeInitialResponse(
        Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, from, bytes.length));
  }

  /** Parses standard base64, padded or not. */
  public static HpkeInitialResponse fromBase64(String text) throws EncodingException {
    return parse(Base64Text.decode(text));
  }

  /** A fresh array with both parts. */
  public byte[] bytes() {
    byte[] bytes = Arrays.copyOf(nonce, nonce.length + ciphertext.length);
    System.arraycopy(ciphertext, 0, bytes, nonce.length, ciphertext.length);
    return bytes;
  }

  /** Both parts in unpadded standard base64. */
  public String toBase64() {
    return Base64Text.encode(bytes());
  }

  /** A fresh copy of the nonce. */
  public byte[] nonce() {
    return nonce.clone();
  }

  /** A fresh copy of the ciphertext. */
  public byte[] ciphertext() {
    return ciphertext.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HpkeInitialResponse that && Arrays.equals(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ciphertext);
  }

  @Override
  public String toString() {
    return "HpkeInitialResponse(" + ciphertext.length + " bytes)";
  }
}
