package io.karst.crypto.wire;

import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.primitive.Base64Text;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The public keys that name an Olm session on both sides.
 *
 * @param identityKey of the initiator, I_A
 * @param baseKey of the initiator, fresh for this session, E_A
 * @param oneTimeKey of the responder, or its fallback key, E_B
 */
public record SessionKeys(
    Curve25519PublicKey identityKey, Curve25519PublicKey baseKey, Curve25519PublicKey oneTimeKey) {

  /** Base64 of {@code SHA-256(I_A ‖ E_A ‖ E_B)}, 43 characters, the same on both sides. */
  public String sessionId() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(identityKey.bytes());
      sha256.update(baseKey.bytes());
      sha256.update(oneTimeKey.bytes());
      return Base64Text.encode(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK ships SHA-256", e);
    }
  }
}
