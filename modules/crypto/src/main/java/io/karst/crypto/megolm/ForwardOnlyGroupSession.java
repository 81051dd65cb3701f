package io.karst.crypto.megolm;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.MissingMessageKeyException;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.primitive.CipherKeys;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The receiving end of a group session which reads each message once: it keeps the newest ratchet
 * and the keys of the messages that were skipped, up to {@value #SKIPPED_KEYS_MAX}.
 *
 * <p>Whoever steals its state reads what comes and what is still missing, nothing that was read. So
 * it tells a replay by itself, and has nothing to export. Invariant: every skipped key stands
 * before the ratchet; a failed operation changes nothing. Not thread-safe: one owner, one thread.
 */
public final class ForwardOnlyGroupSession implements ReceivingSession {

  /** As many messages may be late. Each costs 88 bytes of state; the oldest give way. */
  public static final int SKIPPED_KEYS_MAX = 64;

  private final SessionConfig config;
  private final Ed25519PublicKey publicKey;
  private final boolean signingKeyVerified;
  private final TreeMap<Long, SkippedKey> skipped = new TreeMap<>();
  private Ratchet next;

  private ForwardOnlyGroupSession(
      SessionConfig config, Ed25519PublicKey publicKey, boolean signingKeyVerified, Ratchet next) {
    this.config = config;
    this.publicKey = publicKey;
    this.signingKeyVerified = signingKeyVerified;
    this.next = next;
  }

  /** From the sender's own session key, whose signature ties ratchet and public key: verified. */
  public static ForwardOnlyGroupSession fromSessionKey(SessionConfig config, SessionKey key) {
    return new ForwardOnlyGroupSession(config, key.publicKey(), true, key.ratchet());
  }

  /** From another receiver's export: <b>not verified</b>, as in {@link InboundGroupSession}. */
  public static ForwardOnlyGroupSession importFrom(SessionConfig config, ExportedSessionKey key) {
    return new ForwardOnlyGroupSession(config, key.publicKey(), false, key.ratchet());
  }

  /**
   * From a ratchet that this device derived itself and the public key of its sender: verified,
   * because <b>the caller has checked</b> that the sender's device bound that key to itself with
   * its signature. The ratchet is not consumed.
   */
  public static ForwardOnlyGroupSession fromVerifiedBinding(
      SessionConfig config, SenderRatchet ratchet, Ed25519PublicKey boundKey) {
    return new ForwardOnlyGroupSession(config, boundKey, true, ratchet.forReceiving());
  }

  /**
   * What a session that could read again and share becomes when it must forget; it is destroyed.
   *
   * @param next one more than the highest index that was read, 0 to 2^32
   * @param missing indices before {@code next} that were not read; the session's own bound holds,
   *     and those before its first known index are lost already
   */
  public static ForwardOnlyGroupSession takeOver(
      InboundGroupSession session, long next, Collection<Long> missing) {
    var forgetful = new ForwardOnlyGroupSession(
        session.config(), session.publicKey(), session.signingKeyVerified(), session.oldest());
    for (long index : new TreeSet<>(missing)) {
      if (index >= forgetful.next.index() && index < next) {
        forgetful.next.advanceTo(index);
        forgetful.skipped.put(index, forgetful.next.skippedKey());
        forgetful.next.advance();
      }
    }
    forgetful.passTo(next);
    forgetful.dropOldest();
    session.destroy();
    return forgetful;
  }

  /** A session as it was stored; takes ratchet and keys over. */
  public static ForwardOnlyGroupSession restore(
      SecretAccess access,
      SessionConfig config,
      Ed25519PublicKey publicKey,
      boolean signingKeyVerified,
      ForwardOnlyKeys keys) {
    var session =
        new ForwardOnlyGroupSession(config, publicKey, signingKeyVerified, keys.ratchet());
    keys.skipped().forEach(key -> session.skipped.put(key.index(), key));
    return session;
  }

  /**
   * Authenticates and decrypts, and forgets how.
   *
   * @throws SignatureRejectedException if the message is not signed by this session's key
   * @throws MissingMessageKeyException if it was read before, or its key gave way to newer ones
   * @throws DecryptionException if its MAC is wrong or of the other config's length
   */
  @Override
  public DecryptedMessage decrypt(MegolmMessage message)
      throws SignatureRejectedException, DecryptionException {
    ReceivingSession.authenticate(message, config, publicKey);
    return openAuthentic(message);
  }

  /** Decrypts a message that was authenticated for this session. */
  DecryptedMessage openAuthentic(MegolmMessage message) throws DecryptionException {
    byte[] plaintext =
        message.messageIndex() < next.index() ? openSkipped(message) : openNext(message);
    return new DecryptedMessage(plaintext, message.messageIndex());
  }

  private byte[] openSkipped(MegolmMessage message) throws DecryptionException {
    SkippedKey key = skipped.get(message.messageIndex());
    if (key == null) {
      throw new MissingMessageKeyException(message.messageIndex());
    }
    try (CipherKeys keys = key.messageKeys()) {
      byte[] plaintext = message.open(keys);
      skipped.remove(key.index());
      key.destroy();
      return plaintext;
    }
  }

  private byte[] openNext(MegolmMessage message) throws DecryptionException {
    Ratchet candidate = next.copy();
    candidate.advanceTo(message.messageIndex());
    try (CipherKeys keys = candidate.messageKeys()) {
      byte[] plaintext = message.open(keys);
      skipTo(candidate.index());
      candidate.advance();
      moveTo(candidate);
      return plaintext;
    } finally {
      if (candidate != next) {
        candidate.destroy();
      }
    }
  }

  /** Keeps the keys of the messages before {@code index}, of the newest ones if there are many. */
  private void skipTo(long index) {
    if (index - next.index() > SKIPPED_KEYS_MAX) {
      next.advanceTo(index - SKIPPED_KEYS_MAX);
    }
    while (next.index() < index) {
      skipped.put(next.index(), next.skippedKey());
      next.advance();
    }
    dropOldest();
  }

  private void dropOldest() {
    while (skipped.size() > SKIPPED_KEYS_MAX) {
      skipped.pollFirstEntry().getValue().destroy();
    }
  }

  /** Keeps no keys on the way; past the last index the ratchet is spent. */
  private void passTo(long index) {
    if (next.index() < index) {
      next.advanceTo(Math.min(index, Ratchet.INDEX_MAX));
    }
    if (next.index() < index) {
      next.advance();
    }
  }

  private void moveTo(Ratchet ratchet) {
    next.destroy();
    next = ratchet;
  }

  @Override
  public boolean advanceTo(long index) {
    Ratchet.requireIndex(index);
    SortedMap<Long, SkippedKey> forgotten = skipped.headMap(index);
    boolean any = !forgotten.isEmpty() || next.index() < index;
    wipe(forgotten.values());
    forgotten.clear();
    if (next.index() < index) {
      next.advanceTo(index);
    }
    return any;
  }

  @Override
  public ForwardOnlyGroupSession copy() {
    Ratchet ratchet = next.isSpent() ? Ratchet.spent() : next.copy();
    var copy = new ForwardOnlyGroupSession(config, publicKey, signingKeyVerified, ratchet);
    skipped.forEach((index, key) -> copy.skipped.put(index, key.copy()));
    return copy;
  }

  /** Indices of messages that did not come though later ones did and that can still be read. */
  public List<Long> missing() {
    return List.copyOf(skipped.keySet());
  }

  /** One more than the highest index that was read, or the first that can be. */
  public long nextIndex() {
    return next.index();
  }

  @Override
  public boolean signingKeyVerified() {
    return signingKeyVerified;
  }

  @Override
  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public SessionConfig config() {
    return config;
  }

  /** The keys themselves, for storing. */
  public ForwardOnlyKeys keys(SecretAccess access) {
    return new ForwardOnlyKeys(next, new ArrayList<>(skipped.values()));
  }

  private static void wipe(Collection<SkippedKey> keys) {
    keys.forEach(SkippedKey::destroy);
  }

  @Override
  public void destroy() {
    next.destroy();
    wipe(skipped.values());
  }

  @Override
  public boolean isDestroyed() {
    return next.isDestroyed();
  }

  @Override
  public String toString() {
    return "ForwardOnlyGroupSession(" + sessionId() + " from " + nextIndex() + ")";
  }
}
