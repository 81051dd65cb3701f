package io.karst.edge.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one secret of a deployment, 32 bytes, from which the keys of its challenges and tokens are
 * derived.
 *
 * <p>All nodes of a cluster share it, since a device may ask one node for a challenge and answer
 * another. It opens no message.
 */
public final class ServerSecret {

  /** Bytes of the secret, and of each key derived from it. */
  public static final int LENGTH = 32;

  static final String MAC_ALGORITHM = "HmacSHA256";

  private final SecretKeySpec secret;

  /** Copies {@code bytes}. */
  public ServerSecret(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a server secret has " + LENGTH + " bytes");
    }
    this.secret = new SecretKeySpec(bytes, MAC_ALGORITHM);
  }

  /** A key that serves one purpose only: what one purpose signs is worth nothing for another. */
  SecretKeySpec keyFor(String purpose) {
    byte[] key = mac(secret, ("karst/v1 " + purpose).getBytes(StandardCharsets.UTF_8));
    return new SecretKeySpec(key, MAC_ALGORITHM);
  }

  /** HMAC-SHA-256 (RFC 2104), 32 bytes. */
  static byte[] mac(SecretKeySpec key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(MAC_ALGORITHM);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ServerSecret(secret)";
  }
}
