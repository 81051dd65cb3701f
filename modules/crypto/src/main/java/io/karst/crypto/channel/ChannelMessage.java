package io.karst.crypto.channel;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.primitive.Base64Text;
import io.karst.crypto.primitive.ChaChaPoly;
import java.util.Arrays;

/** A message of an established channel: its ciphertext, with a tag of 16 bytes. Immutable. */
public final class ChannelMessage {

  private final byte[] ciphertext;

  /** Takes the array over. */
  ChannelMessage(byte[] ciphertext) {
    this.ciphertext = ciphertext;
  }

  /** Copies a ciphertext; what is shorter than a tag is refused. */
  public static ChannelMessage parse(byte[] bytes) throws EncodingException {
    return from(bytes, 0);
  }

  /** Copies what stands in {@code bytes} from {@code start} on, and has room for a tag. */
  static ChannelMessage from(byte[] bytes, int start) throws EncodingException {
    int least = start + ChaChaPoly.TAG_LENGTH;
    if (bytes.length < least) {
      throw new EncodingException(
          ErrorCode.MESSAGE_TOO_SHORT, "at least " + least + " bytes, not " + bytes.length);
    }
    return new ChannelMessage(Arrays.copyOfRange(bytes, start, bytes.length));
  }

  /** Parses standard base64, padded or not. */
  public static ChannelMessage fromBase64(String text) throws EncodingException {
    return parse(Base64Text.decode(text));
  }

  /** A fresh copy of the ciphertext. */
  public byte[] bytes() {
    return ciphertext.clone();
  }

  /** The array itself, to be read. */
  byte[] live() {
    return ciphertext;
  }

  /** The ciphertext in unpadded standard base64. */
  public String toBase64() {
    return Base64Text.encode(ciphertext);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelMessage that && Arrays.equals(ciphertext, that.ciphertext);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ciphertext);
  }

  @Override
  public String toString() {
    return "ChannelMessage(" + ciphertext.length + " bytes)";
  }
}
