package io.karst.crypto.megolm;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Secret;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;

/**
 * The receiving end of a group session: {@link InboundGroupSession}, which can read again and share
 * what it read, or {@link ForwardOnlyGroupSession}, which cannot.
 *
 * <p>A failed operation changes nothing. Not thread-safe: one owner, one thread.
 */
public sealed interface ReceivingSession extends Secret
    permits InboundGroupSession, ForwardOnlyGroupSession {

  /**
   * Authenticates and decrypts.
   *
   * @throws SignatureRejectedException if the message is not signed by this session's key
   * @throws DecryptionException if this session has no key for it, or its MAC is wrong or of the
   *     other config's length
   */
  DecryptedMessage decrypt(MegolmMessage message)
      throws SignatureRejectedException, DecryptionException;

  /**
   * Forgets how to read messages before {@code index}, 0 to 2^32 - 1.
   *
   * @return whether anything was forgotten
   */
  boolean advanceTo(long index);

  /** A second session in the same state; neither knows of the other. */
  ReceivingSession copy();

  /** Whether the public key is known to be the sender's own for this ratchet. */
  boolean signingKeyVerified();

  Ed25519PublicKey publicKey();

  SessionConfig config();

  /** Base64 of the session's public key, 43 characters. */
  default String sessionId() {
    return publicKey().toBase64();
  }

  /** Before any ratchet is moved, so that an outsider cannot make us work. */
  static void authenticate(MegolmMessage message, SessionConfig config, Ed25519PublicKey key)
      throws SignatureRejectedException, DecryptionException {
    if (message.config() != config) {
      throw new DecryptionException(
          ErrorCode.INVALID_MAC_LENGTH, "expected " + config + ", got " + message.config());
    }
    message.verify(key);
  }
}
