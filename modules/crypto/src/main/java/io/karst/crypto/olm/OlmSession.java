package io.karst.crypto.olm;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.olm.ratchet.DoubleRatchet;
import io.karst.crypto.olm.ratchet.Receiving;
import io.karst.crypto.olm.ratchet.Sending;
import io.karst.crypto.primitive.CipherKeys;
import io.karst.crypto.wire.NormalMessage;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import io.karst.crypto.wire.SessionKeys;

/**
 * An encrypted session between two devices.
 *
 * <p>Messages may be late, lost or out of order within the bounds of {@link DoubleRatchet}; each is
 * opened once. Invariant: a failed operation changes nothing. The session must be <b>stored after
 * {@link #encrypt} and before the message leaves</b>, or a crash would encrypt twice under one key.
 * Not thread-safe: one owner, one thread.
 */
public final class OlmSession implements Secret {

  private final SessionConfig config;
  private final SessionKeys keys;
  private final RandomBytes random;
  private DoubleRatchet ratchet;
  private boolean destroyed;

  OlmSession(SessionConfig config, SessionKeys keys, DoubleRatchet ratchet, RandomBytes random) {
    this.config = config;
    this.keys = keys;
    this.ratchet = ratchet;
    this.random = random;
  }

  /** A session as it was stored; takes the state over. */
  public static OlmSession restore(
      SecretAccess access,
      SessionConfig config,
      SessionKeys keys,
      DoubleRatchet ratchet,
      RandomBytes random) {
    return new OlmSession(config, keys, ratchet, random);
  }

  /**
   * Encrypts; a pre-key message until a message of the peer was opened, then a normal one.
   *
   * @throws KeyRejectedException if the peer's ratchet key contributes nothing
   * @throws RatchetExhaustedException after 2^32 messages without an answer
   */
  public OlmMessage encrypt(byte[] plaintext)
      throws KeyRejectedException, RatchetExhaustedException {
    requireLive();
    boolean answered = ratchet.hasReceived();
    Sending sending = ratchet.send(random);
    NormalMessage message;
    try (CipherKeys cipherKeys = sending.messageKey().cipherKeys()) {
      message = NormalMessage.seal(
          config, sending.ratchetKey(), sending.chainIndex(), plaintext, cipherKeys);
    } finally {
      sending.messageKey().destroy();
    }
    adopt(sending.next());
    return answered ? message : PreKeyMessage.wrap(keys, message);
  }

  /**
   * Authenticates and decrypts.
   *
   * @throws DecryptionException if the message is not authentic, was opened before, skips too many
   *     others, or belongs to another session
   * @throws KeyRejectedException if its ratchet key contributes nothing
   */
  public byte[] decrypt(OlmMessage message) throws DecryptionException, KeyRejectedException {
    requireLive();
    requireThisSession(message);
    NormalMessage normal = message.normal();
    if (normal.config() != config) {
      throw new DecryptionException(
          ErrorCode.INVALID_MAC_LENGTH, "expected " + config + ", got " + normal.config());
    }
    Receiving receiving = ratchet.receive(normal);
    DoubleRatchet adopted = ratchet;
    try (CipherKeys cipherKeys = receiving.messageKey().cipherKeys()) {
      byte[] plaintext = normal.open(cipherKeys);
      adopted = receiving.next();
      return plaintext;
    } finally {
      receiving.messageKey().destroy();
      receiving.next().destroyAllBut(adopted);
      adopt(adopted);
    }
  }

  /** The keys around a pre-key message are not authenticated by it, so they are compared. */
  private void requireThisSession(OlmMessage message) throws DecryptionException {
    boolean foreign = message instanceof PreKeyMessage preKey && !matches(preKey);
    if (foreign) {
      throw new DecryptionException(
          ErrorCode.MESSAGE_OF_OTHER_SESSION, "the pre-key message names other keys");
    }
  }

  private void adopt(DoubleRatchet next) {
    ratchet.destroyAllBut(next);
    ratchet = next;
  }

  /** Whether {@code message} was made for this session, so that it needs no new one. */
  public boolean matches(PreKeyMessage message) {
    return keys.equals(message.sessionKeys());
  }

  /** Whether a message of the peer was opened, so that it surely has this session too. */
  public boolean hasReceivedMessage() {
    return ratchet.hasReceived();
  }

  /** Base64 of a hash of the session's keys, 43 characters, the same on both sides. */
  public String sessionId() {
    return keys.sessionId();
  }

  public SessionKeys sessionKeys() {
    return keys;
  }

  public SessionConfig config() {
    return config;
  }

  /** The state itself, for storing. */
  public DoubleRatchet ratchet(SecretAccess access) {
    requireLive();
    return ratchet;
  }

  private void requireLive() {
    if (destroyed) {
      throw new IllegalStateException("session was destroyed");
    }
  }

  @Override
  public void destroy() {
    ratchet.destroy();
    destroyed = true;
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return "OlmSession(" + sessionId() + ")";
  }
}
