package io.karst.crypto.key;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.primitive.Base64Text;
import java.util.Arrays;

/** An Ed25519 signature (RFC 8032): 64 bytes, R and S. Whether it verifies, only a key can say. */
public final class Ed25519Signature {

  /** Bytes of a signature. */
  public static final int LENGTH = 64;

  private final byte[] bytes;

  private Ed25519Signature(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies 64 bytes. */
  public static Ed25519Signature fromBytes(byte[] bytes) throws KeyRejectedException {
    if (bytes.length != LENGTH) {
      throw new KeyRejectedException(
          ErrorCode.INVALID_KEY_LENGTH, "a signature has 64 bytes, not " + bytes.length);
    }
    return new Ed25519Signature(bytes.clone());
  }

  /** Parses 86 characters of standard base64. */
  public static Ed25519Signature fromBase64(String text)
      throws EncodingException, KeyRejectedException {
    return fromBytes(Base64Text.decode(text));
  }

  /** Copies the 64 bytes of {@code data} at {@code from}, where a frame holds its signature. */
  public static Ed25519Signature within(byte[] data, int from) {
    return new Ed25519Signature(Arrays.copyOfRange(data, from, from + LENGTH));
  }

  /** Takes the array over. */
  static Ed25519Signature owning(byte[] bytes) {
    return new Ed25519Signature(bytes);
  }

  /** A fresh copy of the 64 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Unpadded standard base64. */
  public String toBase64() {
    return Base64Text.encode(bytes);
  }

  /** The array itself, for the verifier. */
  byte[] live() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519Signature that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Ed25519Signature(" + toBase64() + ")";
  }
}
