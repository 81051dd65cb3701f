package io.karst.crypto.megolm;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.LateMessageException;
import io.karst.crypto.error.ReplayedMessageException;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.error.UnknownMessageIndexException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.opened.IndexRange;
import io.karst.crypto.megolm.opened.OpenedIndexes;
import io.karst.crypto.primitive.CipherKeys;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The receiving end of a group session: reads messages from its first known index on, in any order.
 *
 * <p>Invariant: a failed operation changes nothing. A message's signature is checked before a
 * ratchet is moved for it, so that an outsider cannot make us work. It {@linkplain #decrypt opens}
 * each index once, and keeps the record of it wherever it is stored as its own kind; keys that it
 * exports, and pickles of other libraries, do not carry that record. Not thread-safe: one owner,
 * one thread.
 */
public final class InboundGroupSession implements ReceivingSession {

  private final SessionConfig config;
  private final Ed25519PublicKey publicKey;
  private final boolean signingKeyVerified;
  private Ratchet initial;
  private Ratchet latest;
  private OpenedIndexes opened;

  private InboundGroupSession(
      SessionConfig config,
      Ed25519PublicKey publicKey,
      boolean signingKeyVerified,
      RatchetPair ratchets,
      OpenedIndexes opened) {
    this.config = config;
    this.publicKey = publicKey;
    this.signingKeyVerified = signingKeyVerified;
    this.initial = ratchets.initial();
    this.latest = ratchets.latest();
    this.opened = opened;
  }

  private static InboundGroupSession from(
      SessionConfig config, Ed25519PublicKey publicKey, boolean verified, Ratchet initial) {
    return new InboundGroupSession(
        config,
        publicKey,
        verified,
        new RatchetPair(initial, initial.copy()),
        OpenedIndexes.from(initial.index()));
  }

  /** From the sender's own session key, whose signature ties ratchet and public key: verified. */
  public static InboundGroupSession fromSessionKey(SessionConfig config, SessionKey key) {
    return from(config, key.publicKey(), true, key.ratchet());
  }

  /**
   * From another receiver's export: <b>not verified</b>. Its first valid message proves only that
   * the exporter knew some key pair, not whose.
   */
  public static InboundGroupSession importFrom(SessionConfig config, ExportedSessionKey key) {
    return from(config, key.publicKey(), false, key.ratchet());
  }

  /**
   * From a ratchet that this device derived itself and the public key of its sender: verified,
   * because <b>the caller has checked</b> that the sender's device bound that key to itself with
   * its signature. The ratchet is not consumed.
   */
  public static InboundGroupSession fromVerifiedBinding(
      SessionConfig config, SenderRatchet ratchet, Ed25519PublicKey boundKey) {
    return from(config, boundKey, true, ratchet.forReceiving());
  }

  /**
   * A session as it was stored without a record of what was opened: it starts a new one. Takes the
   * ratchets over.
   */
  public static InboundGroupSession restore(
      SecretAccess access,
      SessionConfig config,
      Ed25519PublicKey publicKey,
      boolean signingKeyVerified,
      RatchetPair ratchets) {
    return new InboundGroupSession(
        config,
        publicKey,
        signingKeyVerified,
        ratchets,
        OpenedIndexes.from(ratchets.initial().index()));
  }

  /** The session with the record that was stored beside it, which begins no later than it. */
  public InboundGroupSession recalling(SecretAccess access, OpenedIndexes stored) {
    if (stored.start() > firstKnownIndex()) {
      throw new IllegalArgumentException("the record begins after the session");
    }
    opened = stored;
    return this;
  }

  /**
   * Authenticates and decrypts, each index once.
   *
   * @throws SignatureRejectedException if the message is not signed by this session's key
   * @throws UnknownMessageIndexException if it is older than the first known index
   * @throws ReplayedMessageException if a message of its index was opened, this one or another
   * @throws LateMessageException if it is not known any more whether one was
   * @throws DecryptionException if its MAC is wrong or of the other config's length
   */
  @Override
  public DecryptedMessage decrypt(MegolmMessage message)
      throws SignatureRejectedException, DecryptionException {
    ReceivingSession.authenticate(message, config, publicKey);
    return openAuthentic(message);
  }

  /** Decrypts a message that was authenticated for this session, each index once. */
  DecryptedMessage openAuthentic(MegolmMessage message) throws DecryptionException {
    requireKnown(message.messageIndex());
    opened.requireNew(message.messageIndex());
    DecryptedMessage read = rereadAuthentic(message);
    opened = opened.with(message.messageIndex());
    return read;
  }

  @Override
  public DecryptedMessage reread(MegolmMessage message)
      throws SignatureRejectedException, DecryptionException {
    ReceivingSession.authenticate(message, config, publicKey);
    return rereadAuthentic(message);
  }

  /** Decrypts a message that was authenticated for this session, as often as it is asked to. */
  DecryptedMessage rereadAuthentic(MegolmMessage message) throws DecryptionException {
    Ratchet candidate = ratchetAt(message.messageIndex());
    try (CipherKeys keys = candidate.messageKeys()) {
      byte[] plaintext = message.open(keys);
      keepIfNewest(candidate);
      return new DecryptedMessage(plaintext, message.messageIndex());
    } finally {
      if (candidate != latest) {
        candidate.destroy();
      }
    }
  }

  /**
   * The keys of messages that are to be opened together, by their indices: in one walk, where each
   * by itself would begin at the nearest known ratchet. Indices that are not known are left out.
   */
  Map<Long, SkippedKey> keysAt(SortedSet<Long> indexes) {
    Map<Long, SkippedKey> keys = new HashMap<>();
    Ratchet walker = initial.copy();
    try {
      for (long index : indexes.tailSet(initial.index())) {
        if (walker.index() < latest.index() && latest.index() <= index) {
          walker.destroy();
          walker = latest.copy();
        }
        walker.advanceTo(index);
        keys.put(index, walker.skippedKey());
      }
      return keys;
    } finally {
      walker.destroy();
    }
  }

  /** As the other, with keys that were found before. */
  DecryptedMessage openAuthentic(MegolmMessage message, Map<Long, SkippedKey> found)
      throws DecryptionException {
    requireKnown(message.messageIndex());
    opened.requireNew(message.messageIndex());
    DecryptedMessage read = rereadAuthentic(message, found);
    opened = opened.with(message.messageIndex());
    return read;
  }

  /** As the other, with keys that were found before. */
  DecryptedMessage rereadAuthentic(MegolmMessage message, Map<Long, SkippedKey> found)
      throws DecryptionException {
    long index = message.messageIndex();
    requireKnown(index);
    try (CipherKeys keys = Objects.requireNonNull(found.get(index)).messageKeys()) {
      return new DecryptedMessage(message.open(keys), index);
    }
  }

  /** Brings the newest ratchet up to the newest message that was opened with keys found before. */
  void catchUpWith(long index) {
    if (index > latest.index()) {
      latest.advanceTo(index);
    }
  }

  private void keepIfNewest(Ratchet candidate) {
    if (candidate.index() > latest.index()) {
      latest.destroy();
      latest = candidate;
    }
  }

  @Override
  public InboundGroupSession copy() {
    return new InboundGroupSession(
        config,
        publicKey,
        signingKeyVerified,
        new RatchetPair(initial.copy(), latest.copy()),
        opened);
  }

  /** A copy of the ratchet at the first known index. */
  Ratchet oldest() {
    return initial.copy();
  }

  /** A copy of the nearest known ratchet, brought to {@code index}. */
  private Ratchet ratchetAt(long index) throws UnknownMessageIndexException {
    requireKnown(index);
    Ratchet ratchet = (index < latest.index() ? initial : latest).copy();
    ratchet.advanceTo(index);
    return ratchet;
  }

  private void requireKnown(long index) throws UnknownMessageIndexException {
    if (index < initial.index()) {
      throw new UnknownMessageIndexException(initial.index(), index);
    }
  }

  /**
   * What a late joiner needs to read from {@code index} on; this session is unchanged.
   *
   * @param index 0 to 2^32 - 1
   * @throws UnknownMessageIndexException if it lies before the first known index
   */
  public ExportedSessionKey exportAt(long index) throws UnknownMessageIndexException {
    Ratchet.requireIndex(index);
    try (Ratchet ratchet = ratchetAt(index)) {
      return ExportedSessionKey.of(ratchet, publicKey);
    }
  }

  /** Everything that this session can read. */
  public ExportedSessionKey exportAtFirstKnownIndex() {
    return ExportedSessionKey.of(initial, publicKey);
  }

  /** Index of the oldest message that can be read. */
  public long firstKnownIndex() {
    return initial.index();
  }

  @Override
  public List<IndexRange> missing() {
    return opened.missingFrom(firstKnownIndex());
  }

  @Override
  public long nextIndex() {
    return Math.max(firstKnownIndex(), opened.next());
  }

  /** The record of what was opened, for storing. */
  public OpenedIndexes opened() {
    return opened;
  }

  @Override
  public boolean advanceTo(long index) {
    Ratchet.requireIndex(index);
    if (index <= initial.index()) {
      return false;
    }
    Ratchet next = (index < latest.index() ? initial : latest).copy();
    next.advanceTo(index);
    initial.destroy();
    initial = next;
    if (latest.index() < index) {
      latest.destroy();
      latest = next.copy();
    }
    return true;
  }

  /** Whether both read the same sender's session, at whatever first index. */
  public boolean connected(InboundGroupSession other) {
    if (config != other.config || !publicKey.equals(other.publicKey)) {
      return false;
    }
    long meeting = Math.max(firstKnownIndex(), other.firstKnownIndex());
    try (Ratchet mine = initial.copy();
        Ratchet theirs = other.initial.copy()) {
      mine.advanceTo(meeting);
      theirs.advanceTo(meeting);
      return mine.sameAs(theirs);
    }
  }

  /** How this session relates to {@code other}: the lower first known index is the better one. */
  public SessionOrdering compare(InboundGroupSession other) {
    if (!connected(other)) {
      return SessionOrdering.UNCONNECTED;
    }
    int order = Long.compare(firstKnownIndex(), other.firstKnownIndex());
    if (order == 0) {
      return SessionOrdering.EQUAL;
    }
    return order < 0 ? SessionOrdering.BETTER : SessionOrdering.WORSE;
  }

  /**
   * A session that reads what either reads, verified if either is, and opens what neither has
   * opened; neither is changed.
   *
   * @return empty if they are not connected
   */
  public Optional<InboundGroupSession> merge(InboundGroupSession other) {
    return switch (compare(other)) {
      case UNCONNECTED -> Optional.empty();
      case EQUAL, BETTER -> Optional.of(mergedFrom(initial, other));
      case WORSE -> Optional.of(mergedFrom(other.initial, other));
    };
  }

  private InboundGroupSession mergedFrom(Ratchet best, InboundGroupSession other) {
    boolean verified = signingKeyVerified || other.signingKeyVerified;
    InboundGroupSession merged = from(config, publicKey, verified, best.copy());
    merged.opened = opened.union(other.opened);
    return merged;
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

  /** The ratchets themselves, for storing. */
  public RatchetPair ratchets(SecretAccess access) {
    return new RatchetPair(initial, latest);
  }

  @Override
  public void destroy() {
    initial.destroy();
    latest.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return initial.isDestroyed();
  }

  @Override
  public String toString() {
    return "InboundGroupSession(" + sessionId() + " from " + firstKnownIndex() + ")";
  }
}
