package io.karst.crypto.olm.ratchet;

import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.SharedSecret;
import io.karst.crypto.wire.SessionKeys;
import java.nio.charset.StandardCharsets;

/**
 * The agreement that starts a session: {@code DH(I_A, E_B) ‖ DH(E_A, I_B) ‖ DH(E_A, E_B)}.
 *
 * <p>Each part must contribute, or a stranger could compute the whole with points of small order.
 */
public final class TripleDiffieHellman {

  private static final byte[] ROOT_INFO = "OLM_ROOT".getBytes(StandardCharsets.US_ASCII);

  private TripleDiffieHellman() {}

  /**
   * The side that opens a session, with two fresh keys: its base key and its first ratchet key,
   * which the state takes over.
   */
  public static DoubleRatchet initiate(
      Curve25519SecretKey identity,
      Curve25519SecretKey base,
      Curve25519SecretKey ratchetKey,
      Curve25519PublicKey theirIdentity,
      Curve25519PublicKey theirOneTimeKey)
      throws KeyRejectedException {
    SharedSecret secret = SharedSecret.join(
        identity.agree(theirOneTimeKey), base.agree(theirIdentity), base.agree(theirOneTimeKey));
    return DoubleRatchet.initiator(start(secret), ratchetKey);
  }

  /** The side that is addressed, with the one-time key that was used. */
  public static DoubleRatchet respond(
      Curve25519SecretKey identity,
      Curve25519SecretKey oneTimeKey,
      SessionKeys keys,
      Curve25519PublicKey theirRatchetKey)
      throws KeyRejectedException {
    SharedSecret secret = SharedSecret.join(
        oneTimeKey.agree(keys.identityKey()),
        identity.agree(keys.baseKey()),
        oneTimeKey.agree(keys.baseKey()));
    requireCanonical(keys.baseKey(), secret);
    return DoubleRatchet.responder(start(secret), theirRatchetKey);
  }

  /**
   * The base key alone is neither known beforehand nor authenticated as bytes: another form of it
   * would open the same message under another session id.
   */
  private static void requireCanonical(Curve25519PublicKey baseKey, SharedSecret secret)
      throws KeyRejectedException {
    if (!baseKey.isCanonical()) {
      secret.destroy();
      throw new KeyRejectedException(
          ErrorCode.INVALID_PUBLIC_KEY, "the base key is not in its canonical form");
    }
  }

  private static RootStep start(SharedSecret secret) {
    byte[][] keys = secret.derive(ROOT_INFO, RatchetSecret.LENGTH, RatchetSecret.LENGTH);
    return new RootStep(RootKey.owning(keys[0]), ChainKey.first(keys[1]));
  }
}
