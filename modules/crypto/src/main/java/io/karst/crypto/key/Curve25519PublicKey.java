package io.karst.crypto.key;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.primitive.Base64Text;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An X25519 public key (RFC 7748): any 32 bytes.
 *
 * <p>Points that contribute nothing are refused where it matters, at the agreement, so that a key
 * can be named and compared before. Immutable.
 */
public final class Curve25519PublicKey {

  /** Bytes of a key. */
  public static final int LENGTH = 32;

  /** 2^255 - 19, little endian. */
  private static final byte[] FIELD_ORDER =
      HexFormat.of().parseHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private final byte[] bytes;

  private Curve25519PublicKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies 32 bytes. */
  public static Curve25519PublicKey fromBytes(byte[] bytes) throws KeyRejectedException {
    if (bytes.length != LENGTH) {
      throw new KeyRejectedException(
          ErrorCode.INVALID_KEY_LENGTH, "a Curve25519 key has 32 bytes, not " + bytes.length);
    }
    return new Curve25519PublicKey(bytes.clone());
  }

  /** Parses 43 characters of standard base64. */
  public static Curve25519PublicKey fromBase64(String text)
      throws EncodingException, KeyRejectedException {
    return fromBytes(Base64Text.decode(text));
  }

  /** Copies the 32 bytes of {@code data} at {@code from}, where a frame holds a key. */
  public static Curve25519PublicKey within(byte[] data, int from) {
    return new Curve25519PublicKey(Arrays.copyOfRange(data, from, from + LENGTH));
  }

  /** Takes the array over. */
  static Curve25519PublicKey owning(byte[] bytes) {
    return new Curve25519PublicKey(bytes);
  }

  /**
   * Whether these are the bytes that whoever generated the key has: a number below the field's
   * order. Agreements ignore the topmost bit and reduce the rest, so other bytes can mean the same
   * key.
   */
  public boolean isCanonical() {
    for (int i = LENGTH - 1; i >= 0; i--) {
      int difference = Byte.compareUnsigned(bytes[i], FIELD_ORDER[i]);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }

  /** A fresh copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Unpadded standard base64, 43 characters. */
  public String toBase64() {
    return Base64Text.encode(bytes);
  }

  /** The array itself, for the agreement. */
  byte[] live() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Curve25519PublicKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Curve25519PublicKey(" + toBase64() + ")";
  }
}
