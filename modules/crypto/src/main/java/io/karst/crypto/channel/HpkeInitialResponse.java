package io.karst.crypto.channel;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.primitive.Base64Text;
import org.bouncycastle.util.Arrays;

/**
 * The first answer in an HPKE channel: a nonce of 32 bytes, then a ciphertext.
 *
 * <p>Parsed means well formed, not authentic. Immutable.
 */
public final class HpkeInitialResponse {

  private final byte[] nonce;
  private final ChannelMessage ciphertext;

  /** Takes the array over. */
  HpkeInitialResponse(byte[] nonce, ChannelMessage ciphertext) {
    this.nonce = nonce;
    this.ciphertext = ciphertext;
  }

  /** Copies the parts; what has no room for a nonce and a tag is refused. */
  public static HpkeInitialResponse parse(byte[] bytes) throws EncodingException {
    int length = HpkeContext.RESPONSE_NONCE_LENGTH;
    ChannelMessage ciphertext = ChannelMessage.from(bytes, length);
    return new HpkeInitialResponse(Arrays.copyOf(bytes, length), ciphertext);
  }

  /** Parses standard base64, padded or not. */
  public static HpkeInitialResponse fromBase64(String text) throws EncodingException {
    return parse(Base64Text.decode(text));
  }

  /** A fresh array with both parts. */
  public byte[] bytes() {
    return Arrays.concatenate(nonce, ciphertext.live());
  }

  /** Both parts in unpadded standard base64. */
  public String toBase64() {
    return Base64Text.encode(bytes());
  }

  /** A fresh copy of the nonce. */
  public byte[] nonce() {
    return nonce.clone();
  }

  /** What it says. */
  public ChannelMessage ciphertext() {
    return ciphertext;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HpkeInitialResponse that
        && Arrays.areEqual(nonce, that.nonce)
        && ciphertext.equals(that.ciphertext);
  }

  @Override
  public int hashCode() {
    return ciphertext.hashCode();
  }

  @Override
  public String toString() {
    return "HpkeInitialResponse(" + ciphertext + ")";
  }
}
