package io.karst.client.history;

import io.karst.client.memory.Unsealed;
import io.karst.client.session.HeardIndexes;
import io.karst.client.session.PageOpening;
import io.karst.client.store.SharedRow;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.MissingMessageKeyException;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.error.UnknownMessageIndexException;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.ReceivingSession;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions that others gave, as one piece of work reads with them.
 *
 * <p>What was given is believed when it opens a message of a session that its sender's device has
 * bound to itself, in an epoch whose manifest was verified: the first giver whose key does wins,
 * and those whose keys do not are forgotten. Which indices were read is kept for each session of a
 * sender, whoever gave it: the record of one giver's copy would not know what another's has opened.
 * Mutable: made for one piece of work.
 */
public final class GivenSessions {

  private final Unsealed loading;
  private final GroupId group;
  private final Map<SharedRow, InboundGroupSession> opened = new HashMap<>();
  private final Set<SessionBinding> bound = new HashSet<>();
  private final Set<SharedRow> wrong = new HashSet<>();
  private final Map<Session, HeardIndexes> heard = new HashMap<>();

  private record Session(long epoch, Bytes sessionId) {}

  /** Loads from one transaction; what it stores may go into a later one. */
  public GivenSessions(Unsealed loading, GroupId group) {
    this.loading = loading;
    this.group = group;
  }

  /** What became of an envelope: a plaintext and who gave its key, or why there is none. */
  public record Reading(
      Optional<Bytes> plaintext, Optional<DeviceAddress> by, Optional<UnreadableReason> why) {

    static Reading refused(UnreadableReason why) {
      return new Reading(Optional.empty(), Optional.empty(), Optional.of(why));
    }
  }

  /** Takes up a binding that was verified. */
  public void bind(SessionBinding binding) {
    bound.add(binding);
  }

  /** Whether somebody gave keys of a session. */
  public static boolean has(Unsealed memory, GroupId group, SessionBinding binding) {
    return !memory
        .tables()
        .shared()
        .find(group, binding.epoch(), binding.sender(), binding.sessionKey())
        .isEmpty();
  }

  /** Reads an envelope whatever was read before; absent when nobody gave its session. */
  public Optional<Reading> read(Envelope envelope) {
    Optional<Reading> last = Optional.empty();
    for (SharedRow row : rows(envelope)) {
      Reading reading = read(row, envelope);
      if (reading.plaintext().isPresent()) {
        return Optional.of(reading);
      }
      if (reading.why().equals(Optional.of(UnreadableReason.KEY_NOT_OPENED))) {
        wrong.add(row);
      }
      last = Optional.of(reading);
    }
    return last;
  }

  /** As {@link #read}, but each index once. */
  public Optional<Reading> readOnce(Envelope envelope) {
    Session session = new Session(envelope.epoch(), envelope.sessionId());
    HeardIndexes window = heard.computeIfAbsent(session, this::window);
    Optional<UnreadableReason> refusal = window.refusal(envelope.messageIndex());
    if (refusal.isPresent()) {
      return refusal.map(Reading::refused);
    }
    Optional<Reading> reading = read(envelope);
    reading
        .flatMap(Reading::plaintext)
        .ifPresent(text -> heard.put(session, window.with(envelope.messageIndex())));
    return reading;
  }

  /** Who gave keys that are wrong, as far as it has come to light. */
  public Set<SharedRow> wrong() {
    return Set.copyOf(wrong);
  }

  /** Stores what has changed. */
  public void save(Unsealed memory) {
    bound.forEach(binding -> memory
        .tables()
        .shared()
        .bind(group, binding.epoch(), binding.sender(), binding.sessionKey()));
    wrong.forEach(memory.tables().shared()::remove);
    heard.forEach((session, window) -> memory
        .tables()
        .shared()
        .saveHeard(group, session.epoch(), session.sessionId(), window.encode()));
  }

  private List<SharedRow> rows(Envelope envelope) {
    var shared = loading.tables().shared();
    boolean boundNow = bound.stream()
        .anyMatch(binding -> binding.epoch() == envelope.epoch()
            && binding.sender().equals(envelope.sender())
            && binding.sessionKey().equals(envelope.sessionId()));
    List<SharedRow> rows = new ArrayList<>(
        boundNow
            ? shared.find(group, envelope.epoch(), envelope.sender(), envelope.sessionId())
            : shared.bound(group, envelope.epoch(), envelope.sender(), envelope.sessionId()));
    rows.removeAll(wrong);
    return rows;
  }

  private HeardIndexes window(Session session) {
    return loading
        .tables()
        .shared()
        .heard(group, session.epoch(), session.sessionId())
        .map(HeardIndexes::decode)
        .orElse(HeardIndexes.NONE);
  }

  private Reading read(SharedRow row, Envelope envelope) {
    InboundGroupSession session = opened.computeIfAbsent(row, loading::shared);
    Opened result = open(session, envelope, PageOpening.again());
    return new Reading(result.plaintext(), result.plaintext().map(text -> row.by()), result.why());
  }

  /** What a session makes of an envelope. */
  record Opened(Optional<Bytes> plaintext, Optional<UnreadableReason> why) {

    private static Opened refused(UnreadableReason why) {
      return new Opened(Optional.empty(), Optional.of(why));
    }
  }

  /** Opens an envelope; a session that can read again stays as it is. */
  static Opened open(ReceivingSession session, Envelope envelope, PageOpening page) {
    try {
      MegolmMessage message = MegolmMessage.parse(envelope.ciphertext().toArray());
      return message.messageIndex() == envelope.messageIndex()
          ? new Opened(
              Optional.of(Bytes.copyOf(page.plaintext(session, envelope, message))),
              Optional.empty())
          : Opened.refused(UnreadableReason.SENDER_FORGED);
    } catch (SignatureRejectedException e) {
      return Opened.refused(UnreadableReason.FORGED);
    } catch (UnknownMessageIndexException | MissingMessageKeyException e) {
      return Opened.refused(UnreadableReason.INDEX_TOO_OLD);
    } catch (CryptoException e) {
      // Its sender has signed it: the key is wrong.
      return Opened.refused(UnreadableReason.KEY_NOT_OPENED);
    }
  }
}
