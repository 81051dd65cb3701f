package io.karst.crypto.megolm;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.LateMessageException;
import io.karst.crypto.error.ReplayedMessageException;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Secret;
import io.karst.crypto.megolm.opened.IndexRange;
import io.karst.crypto.megolm.opened.OpenedIndexes;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.List;

/**
 * The receiving end of a group session: {@link InboundGroupSession}, which can read again and share
 * what it read, or {@link ForwardOnlyGroupSession}, which cannot.
 *
 * <p>A failed operation changes nothing. Not thread-safe: one owner, one thread.
 */
public sealed interface ReceivingSession extends Secret
    permits InboundGroupSession, ForwardOnlyGroupSession {

  /**
   * Authenticates and decrypts, each index once.
   *
   * @throws SignatureRejectedException if the message is not signed by this session's key
   * @throws ReplayedMessageException if a message of its index was opened, this one or another
   * @throws LateMessageException if it is not known any more whether one was
   * @throws DecryptionException if this session has no key for it, or its MAC is wrong or of the
   *     other config's length
   */
  DecryptedMessage decrypt(MegolmMessage message)
      throws SignatureRejectedException, DecryptionException;

  /**
   * Authenticates and decrypts whether the index was opened or not, and records nothing: to show
   * history, never to act on a message. What was forgotten cannot be read again.
   *
   * @throws SignatureRejectedException if the message is not signed by this session's key
   * @throws DecryptionException if this session has no key for it, or its MAC is wrong or of the
   *     other config's length
   */
  DecryptedMessage reread(MegolmMessage message)
      throws SignatureRejectedException, DecryptionException;

  /**
   * The indices that were not opened though a later one was, and that can still be; ascending, at
   * most {@value OpenedIndexes#GAPS_MAX} ranges.
   */
  List<IndexRange> missing();

  /** One more than the newest index that was opened; the first that can be before any was. */
  long nextIndex();

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
