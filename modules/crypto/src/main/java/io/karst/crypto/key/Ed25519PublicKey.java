package io.karst.crypto.key;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.primitive.Base64Text;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key (RFC 8032): 32 bytes that decode to a point of the prime-order group.
 *
 * <p>Invariant: encoding canonical, point neither of small nor of mixed order; checked once, when
 * the key is made, and the decoded point is kept. Verification is strict on top of that: R
 * canonical and not of small order, S below the group order, so nobody can turn one valid signature
 * into another. The equation is the RFC's own, with the cofactor: who holds the private key can
 * make signatures that a verifier without the cofactor refuses, to its own harm only. Immutable and
 * safe for threads.
 */
public final class Ed25519PublicKey {

  /** Bytes of a key. */
  public static final int LENGTH = 32;

  private final byte[] bytes;
  private final Ed25519.PublicPoint point;

  private Ed25519PublicKey(byte[] bytes, Ed25519.PublicPoint point) {
    this.bytes = bytes;
    this.point = point;
  }

  /** Copies and checks 32 bytes. */
  public static Ed25519PublicKey fromBytes(byte[] bytes) throws KeyRejectedException {
    byte[] copy = copyOf(bytes);
    return of(copy, Ed25519.validatePublicKeyFullExport(copy, 0));
  }

  /**
   * Copies 32 bytes of a key whose group was checked before, and that nobody could change since.
   *
   * <p>That check costs as much as verifying a signature; what is left is decoding the point.
   */
  public static Ed25519PublicKey fromCheckedBytes(byte[] bytes) throws KeyRejectedException {
    byte[] copy = copyOf(bytes);
    return of(copy, Ed25519.validatePublicKeyPartialExport(copy, 0));
  }

  private static byte[] copyOf(byte[] bytes) throws KeyRejectedException {
    if (bytes.length != LENGTH) {
      throw new KeyRejectedException(
          ErrorCode.INVALID_KEY_LENGTH, "an Ed25519 key has 32 bytes, not " + bytes.length);
    }
    return bytes.clone();
  }

  private static Ed25519PublicKey of(byte[] bytes, Ed25519.@Nullable PublicPoint point)
      throws KeyRejectedException {
    if (point == null) {
      throw new KeyRejectedException(
          ErrorCode.INVALID_PUBLIC_KEY, "not a canonical point of the prime-order group");
    }
    return new Ed25519PublicKey(bytes, point);
  }

  /** Parses 43 characters of standard base64. */
  public static Ed25519PublicKey fromBase64(String text)
      throws EncodingException, KeyRejectedException {
    return fromBytes(Base64Text.decode(text));
  }

  /** The key of an expanded private key; right by construction. */
  static Ed25519PublicKey ofExpanded(byte[] expanded) {
    Ed25519.PublicPoint point = Ed25519.ExpandedKey.generatePublicKey(expanded, 0);
    byte[] bytes = new byte[LENGTH];
    Ed25519.encodePublicPoint(point, bytes, 0);
    return new Ed25519PublicKey(bytes, point);
  }

  /** Returns normally if {@code signature} is this key's over {@code message}. */
  public void verify(byte[] message, Ed25519Signature signature) throws SignatureRejectedException {
    verify(message, message.length, signature);
  }

  /** Like the other, over the first {@code length} bytes of {@code data}. */
  public void verify(byte[] data, int length, Ed25519Signature signature)
      throws SignatureRejectedException {
    verify(Ed25519Implementation.engine(), data, length, signature);
  }

  /** With one of the implementations; all of them answer alike. */
  void verify(Ed25519Engine engine, byte[] data, int length, Ed25519Signature signature)
      throws SignatureRejectedException {
    if (SmallOrder.holds(signature) || !engine.verifies(this, data, length, signature)) {
      throw new SignatureRejectedException();
    }
  }

  /** A fresh copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Unpadded standard base64, 43 characters. */
  public String toBase64() {
    return Base64Text.encode(bytes);
  }

  /** The array itself, for the signer. */
  byte[] live() {
    return bytes;
  }

  Ed25519.PublicPoint point() {
    return point;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519PublicKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Ed25519PublicKey(" + toBase64() + ")";
  }
}
