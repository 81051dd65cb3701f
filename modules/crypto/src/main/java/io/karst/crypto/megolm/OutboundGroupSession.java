package io.karst.crypto.megolm;

import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.primitive.CipherKeys;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;

/**
 * The sending end of a group session: encrypts each message once, for everybody.
 *
 * <p>Invariant: no index encrypts twice. So the session must be <b>stored after {@link #encrypt}
 * and before the message leaves</b>; a crash in between wastes an index, never repeats one. Not
 * thread-safe: one owner, one thread.
 */
public final class OutboundGroupSession implements Secret {

  private final SessionConfig config;
  private final Ratchet ratchet;
  private final Ed25519SigningKey signingKey;

  private OutboundGroupSession(
      SessionConfig config, Ratchet ratchet, Ed25519SigningKey signingKey) {
    this.config = config;
    this.ratchet = ratchet;
    this.signingKey = signingKey;
  }

  /** A session of its own: fresh ratchet, fresh signing key, index 0. */
  public static OutboundGroupSession create(SessionConfig config, RandomBytes random) {
    Ratchet ratchet = SenderRatchet.generate(random).consume();
    return new OutboundGroupSession(config, ratchet, Ed25519SigningKey.generate(random));
  }

  /**
   * A session whose ratchet the receivers already have. It takes both arguments over: the ratchet
   * is consumed, the key is destroyed with the session.
   */
  public static OutboundGroupSession fromSenderRatchet(
      SessionConfig config, SenderRatchet ratchet, Ed25519SigningKey signingKey) {
    return new OutboundGroupSession(config, ratchet.consume(), signingKey);
  }

  /** A session as it was stored; takes both arguments over. */
  public static OutboundGroupSession restore(
      SecretAccess access, SessionConfig config, Ratchet ratchet, Ed25519SigningKey signingKey) {
    return new OutboundGroupSession(config, ratchet, signingKey);
  }

  /**
   * Encrypts at the current index and moves on.
   *
   * @throws RatchetExhaustedException after index 2^32 - 1; a new session is needed
   */
  public MegolmMessage encrypt(byte[] plaintext) throws RatchetExhaustedException {
    requireNotExhausted();
    try (CipherKeys keys = ratchet.messageKeys()) {
      MegolmMessage message =
          MegolmMessage.seal(config, ratchet.index(), plaintext, keys, signingKey);
      ratchet.advance();
      return message;
    }
  }

  /**
   * What receivers need to read from the current index on.
   *
   * @throws RatchetExhaustedException if there is no current index any more
   */
  public SessionKey sessionKey() throws RatchetExhaustedException {
    requireNotExhausted();
    return SessionKey.of(ratchet, signingKey);
  }

  /** Index of the next message, 0 to 2^32 - 1; 2^32 when none is left. */
  public long messageIndex() {
    return ratchet.index();
  }

  /** Base64 of the session's public key, 43 characters. */
  public String sessionId() {
    return publicKey().toBase64();
  }

  /** The key whose signature every message of this session bears. */
  public Ed25519PublicKey publicKey() {
    return signingKey.publicKey();
  }

  public SessionConfig config() {
    return config;
  }

  /** The ratchet itself, for storing. */
  public Ratchet ratchet(SecretAccess access) {
    return ratchet;
  }

  /** The signing key itself, for storing. */
  public Ed25519SigningKey signingKey(SecretAccess access) {
    return signingKey;
  }

  private void requireNotExhausted() throws RatchetExhaustedException {
    if (ratchet.isSpent()) {
      throw new RatchetExhaustedException();
    }
  }

  @Override
  public void destroy() {
    ratchet.destroy();
    signingKey.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return signingKey.isDestroyed();
  }

  @Override
  public String toString() {
    return "OutboundGroupSession(" + sessionId() + " at " + messageIndex() + ")";
  }
}
