package io.karst.crypto.sas;

import io.karst.crypto.error.SasException;
import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SharedSecret;
import io.karst.crypto.primitive.Base64Text;
import io.karst.crypto.primitive.HmacSha256;
import io.karst.crypto.primitive.Wipe;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What two devices agreed on: short strings to compare, then MACs over the keys that were meant.
 *
 * <p>Invariant: each use derives its own bytes from the secret, named by its {@code info}. Not
 * thread-safe.
 */
public final class EstablishedSas implements Secret {

  private static final int LONG_KEY_LENGTH = 256;

  private final SharedSecret secret;

  /** Takes the secret over. */
  EstablishedSas(SharedSecret secret) {
    this.secret = secret;
  }

  /**
   * The short strings; both sides must pass the same {@code info}.
   *
   * @param info who compares with whom, both public keys, the transaction
   */
  public SasBytes bytes(String info) {
    return new SasBytes(bytes(info, SasBytes.LENGTH));
  }

  /**
   * Bytes to compare in a way of one's own.
   *
   * @param count 1 to 8160
   */
  public byte[] bytes(String info, int count) {
    return secret.copy().derive(utf8(info), count)[0];
  }

  /** Base64 of the HMAC of {@code input}, 43 characters: Matrix's {@code hkdf-hmac-sha256.v2}. */
  public String mac(String input, String info) {
    return Base64Text.encode(tag(input, info, HmacSha256.LENGTH));
  }

  /** Checks the peer's {@link #mac} in constant time. */
  public void verifyMac(String input, String info, String mac) throws SasException {
    if (!MessageDigest.isEqual(utf8(mac(input, info)), utf8(mac))) {
      throw new SasException();
    }
  }

  /**
   * The garbled MAC that libolm made before 3.2.2, for peers that know no other: Matrix's
   * {@code hkdf-hmac-sha256}.
   */
  public String legacyMac(String input, String info) {
    return OverlappingBase64.encode(tag(input, info, HmacSha256.LENGTH));
  }

  /** Checks the peer's {@link #legacyMac} in constant time. */
  public void verifyLegacyMac(String input, String info, String mac) throws SasException {
    if (!MessageDigest.isEqual(utf8(legacyMac(input, info)), utf8(mac))) {
      throw new SasException();
    }
  }

  /**
   * The garbled MAC under a key of 256 bytes, of the first clients: Matrix's {@code hmac-sha256}.
   */
  public String longKeyMac(String input, String info) {
    return OverlappingBase64.encode(tag(input, info, LONG_KEY_LENGTH));
  }

  private byte[] tag(String input, String info, int keyLength) {
    byte[] key = bytes(info, keyLength);
    try {
      return HmacSha256.of(key, utf8(input));
    } finally {
      Wipe.all(key);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void destroy() {
    secret.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return secret.isDestroyed();
  }

  @Override
  public String toString() {
    return isDestroyed() ? "EstablishedSas(destroyed)" : "EstablishedSas(secret)";
  }
}
