package io.karst.crypto.megolm;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.MissingMessageKeyException;
import io.karst.crypto.error.ReplayedMessageException;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.opened.IndexRange;
import io.karst.crypto.megolm.opened.OpenedIndexes;
import io.karst.crypto.primitive.CipherKeys;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The receiving end of a group session which reads each message once: it keeps the newest ratchet
 * and the keys of the messages that were skipped, up to {@value #SKIPPED_KEYS_MAX}.
 *
 * <p>Whoever steals its state reads what comes and what is still missing, nothing that was read. So
 * it has nothing to export. Invariant: every skipped key stands before the ratchet; a failed
 * operation changes nothing. Not thread-safe: one owner, one thread.
 */
public final class ForwardOnlyGroupSession implements ReceivingSession {

  /** As many messages may be late. Each costs 88 bytes of state; the oldest give way. */
  public static final int SKIPPED_KEYS_MAX = 64;

  private final SessionConfig config;
  private final Ed25519PublicKey publicKey;
  private final boolean signingKeyVerified;
  private final TreeMap<Long, SkippedKey> skipped = new TreeMap<>();
  private Ratchet next;
  private OpenedIndexes opened;

  private ForwardOnlyGroupSession(
      SessionConfig config, Ed25519PublicKey publicKey, boolean signingKeyVerified, Ratchet next) {
    this.config = config;
    this.publicKey = publicKey;
    this.signingKeyVerified = signingKeyVerified;
    this.next = next;
    this.opened = OpenedIndexes.from(next.index());
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
   * What a session that could read again and share becomes when it must forget: by its own record
   * of what it opened. It is destroyed.
   */
  public static ForwardOnlyGroupSession takeOver(InboundGroupSession session) {
    return takeOver(session, 0, List.of());
  }

  /**
   * As the other, by the caller's own record beside the session's: what either has as read is
   * forgotten.
   *
   * @param next one more than the highest index that was read, 0 to 2^32
   * @param missing indices before {@code next} that were not read; the session's own bound holds,
   *     and those before its first known index are lost already
   */
  public static ForwardOnlyGroupSession takeOver(
      InboundGroupSession session, long next, Collection<Long> missing) {
    OpenedIndexes opened = session.opened();
    var forgetful = new ForwardOnlyGroupSession(
        session.config(), session.publicKey(), session.signingKeyVerified(), session.oldest());
    forgetful.opened = opened.next() < next ? OpenedIndexes.from(next) : opened;
    for (long index : missingIn(opened, next, missing).tailSet(session.firstKnownIndex(), true)) {
      forgetful.next.advanceTo(index);
      forgetful.skipped.put(index, forgetful.next.skippedKey());
      forgetful.next.advance();
    }
    forgetful.passTo(Math.max(next, opened.next()));
    session.destroy();
    return forgetful;
  }

  /** What neither record has as read, before the newest that either has; the newest of it. */
  private static NavigableSet<Long> missingIn(
      OpenedIndexes opened, long next, Collection<Long> missing) {
    var indexes = new TreeSet<Long>();
    missing.stream().filter(index -> index < next && !opened.contains(index)).forEach(indexes::add);
    int added = 0;
    for (int i = opened.gaps().size() - 1; i >= 0; i--) {
      IndexRange gap = opened.gaps().get(i);
      for (long index = gap.to();
          index >= Math.max(gap.from(), next) && added < SKIPPED_KEYS_MAX;
          index--) {
        indexes.add(index);
        added++;
      }
    }
    while (indexes.size() > SKIPPED_KEYS_MAX) {
      indexes.pollFirst();
    }
    return indexes;
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

  /** The session with the record that was stored beside it, which ends no later than it. */
  public ForwardOnlyGroupSession recalling(SecretAccess access, OpenedIndexes stored) {
    if (stored.next() > next.index()) {
      throw new IllegalArgumentException("the record goes on after the session");
    }
    opened = stored;
    return this;
  }

  /**
   * Authenticates and decrypts, and forgets how.
   *
   * @throws SignatureRejectedException if the message is not signed by this session's key
   * @throws ReplayedMessageException if a message of its index was opened, this one or another
   * @throws MissingMessageKeyException if its key gave way to newer ones; also instead of the
   *     former, where openings are not recorded so far back
   * @throws DecryptionException if its MAC is wrong or of the other config's length
   */
  @Override
  public DecryptedMessage decrypt(MegolmMessage message)
      throws SignatureRejectedException, DecryptionException {
    ReceivingSession.authenticate(message, config, publicKey);
    return openAuthentic(message);
  }

  /** Decrypts a message that was authenticated for this session, and forgets how. */
  DecryptedMessage openAuthentic(MegolmMessage message) throws DecryptionException {
    long index = message.messageIndex();
    byte[] plaintext = index < next.index() ? openSkipped(message) : openNext(message);
    opened = opened.with(index);
    return new DecryptedMessage(plaintext, index);
  }

  private byte[] openSkipped(MegolmMessage message) throws DecryptionException {
    if (opened.contains(message.messageIndex())) {
      throw new ReplayedMessageException(message.messageIndex());
    }
    SkippedKey key = skippedKey(message.messageIndex());
    byte[] plaintext = open(message, key);
    skipped.remove(key.index());
    key.destroy();
    return plaintext;
  }

  private SkippedKey skippedKey(long index) throws MissingMessageKeyException {
    SkippedKey key = skipped.get(index);
    if (key == null) {
      throw new MissingMessageKeyException(index);
    }
    return key;
  }

  private static byte[] open(MegolmMessage message, SkippedKey key) throws DecryptionException {
    try (CipherKeys keys = key.messageKeys()) {
      return message.open(keys);
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

  /**
   * Opens what is still to be read, which stays so; what was read is gone.
   *
   * @throws MissingMessageKeyException if it was read, or its key gave way to newer ones
   */
  @Override
  public DecryptedMessage reread(MegolmMessage message)
      throws SignatureRejectedException, DecryptionException {
    ReceivingSession.authenticate(message, config, publicKey);
    return rereadAuthentic(message);
  }

  /** Decrypts a message that was authenticated for this session, and changes nothing. */
  DecryptedMessage rereadAuthentic(MegolmMessage message) throws DecryptionException {
    try (SkippedKey key = message.messageIndex() < next.index()
        ? skippedKey(message.messageIndex()).copy()
        : keyAhead(message.messageIndex())) {
      return new DecryptedMessage(open(message, key), message.messageIndex());
    }
  }

  private SkippedKey keyAhead(long index) {
    try (Ratchet ahead = next.copy()) {
      ahead.advanceTo(index);
      return ahead.skippedKey();
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
    copy.opened = opened;
    return copy;
  }

  @Override
  public List<IndexRange> missing() {
    return IndexRange.of(skipped.keySet());
  }

  /** The record of what was opened, for storing. */
  public OpenedIndexes opened() {
    return opened;
  }

  @Override
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
