package io.karst.crypto.key;

import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.primitive.SecretBytes;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;

/**
 * An X25519 private key (RFC 7748): 32 bytes, stored as drawn and clamped on use.
 *
 * <p>Not thread-safe: one owner, one thread.
 */
public final class Curve25519SecretKey implements Secret {

  /** Bytes of a key. */
  public static final int LENGTH = 32;

  private final SecretBytes bytes;
  private @Nullable Curve25519PublicKey publicKey;

  private Curve25519SecretKey(byte[] bytes) {
    this.bytes = new SecretBytes(bytes);
  }

  /** Draws a new key. */
  public static Curve25519SecretKey generate(RandomBytes random) {
    return new Curve25519SecretKey(random.next(LENGTH));
  }

  /** Copies 32 bytes. */
  public static Curve25519SecretKey fromBytes(byte[] bytes) throws KeyRejectedException {
    if (bytes.length != LENGTH) {
      throw new KeyRejectedException(
          ErrorCode.INVALID_KEY_LENGTH, "a Curve25519 key has 32 bytes, not " + bytes.length);
    }
    return new Curve25519SecretKey(bytes.clone());
  }

  /** The public half, computed at the first call. */
  public Curve25519PublicKey publicKey() {
    if (publicKey == null) {
      byte[] point = new byte[Curve25519PublicKey.LENGTH];
      X25519.generatePublicKey(bytes.live(), 0, point, 0);
      publicKey = Curve25519PublicKey.owning(point);
    }
    return publicKey;
  }

  /**
   * Agrees with the owner of {@code peer} on 32 secret bytes.
   *
   * @throws KeyRejectedException if the peer's key is of small order: anybody knows the outcome
   */
  public SharedSecret agree(Curve25519PublicKey peer) throws KeyRejectedException {
    byte[] shared = new byte[SharedSecret.LENGTH];
    if (!X25519.calculateAgreement(bytes.live(), 0, peer.live(), 0, shared, 0)) {
      throw new KeyRejectedException(
          ErrorCode.NON_CONTRIBUTORY_KEY, "the peer's key contributes nothing");
    }
    return new SharedSecret(shared);
  }

  /** A key of its own with the same content, so that either can be destroyed alone. */
  public Curve25519SecretKey copy() {
    return new Curve25519SecretKey(bytes.live().clone());
  }

  /** The 32 bytes as drawn. */
  public byte[] bytes(SecretAccess access) {
    return bytes.live().clone();
  }

  @Override
  public void destroy() {
    bytes.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return bytes.isDestroyed();
  }

  @Override
  public String toString() {
    return bytes.describe("Curve25519SecretKey");
  }
}
