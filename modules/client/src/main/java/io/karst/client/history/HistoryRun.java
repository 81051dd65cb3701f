package io.karst.client.history;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.SecurityProblem;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.ContentForm;
import io.karst.client.session.HeardSession;
import io.karst.client.store.EpochRow;
import io.karst.client.store.SharedRow;
import io.karst.client.wire.Entry;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.error.UnknownMessageIndexException;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.signature.SessionBindings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads entries of a log once more, with this device's own keys, or else with those that others
 * gave.
 *
 * <p>What was given is believed when it opens a message of a session that its sender's device has
 * bound to itself, in an epoch whose manifest was verified: the first giver whose key does wins,
 * and those whose keys do not are forgotten. Mutable: made for one part.
 */
final class HistoryRun implements Entry.Cases<List<ChannelEvent>> {

  private final Unsealed memory;
  private final GroupId group;
  private final SessionBindings bindings;
  private final EpochWatcher watcher;
  private final Map<SharedRow, InboundGroupSession> opened = new HashMap<>();
  private final Map<Bytes, HeardSession> unheard = new HashMap<>();

  HistoryRun(Unsealed memory, GroupId group, SessionBindings bindings, EpochWatcher watcher) {
    this.memory = memory;
    this.group = group;
    this.bindings = bindings;
    this.watcher = watcher;
  }

  @Override
  public List<ChannelEvent> notice(Entry.Notice entry) {
    return List.of(entry.event());
  }

  @Override
  public List<ChannelEvent> silent(Entry.Silent entry) {
    return List.of();
  }

  @Override
  public List<ChannelEvent> epochStarted(Entry.EpochStarted entry) {
    Manifest manifest = entry.news().manifest().manifest();
    boolean verified = epoch(manifest.epoch())
        .filter(row -> row.manifest().hash().equals(entry.news().manifest().hash()))
        .isPresent();
    return verified ? List.of(entry.verified()) : List.of();
  }

  @Override
  public List<ChannelEvent> sessionOpened(Entry.SessionOpened entry) {
    boolean valid = epoch(entry.binding().epoch())
        .filter(row -> HeardSession.flaw(bindings, row.manifest().manifest(), entry.binding())
            .isEmpty())
        .isPresent();
    if (valid) {
      unheard(entry.binding());
      memory
          .tables()
          .shared()
          .bind(
              group,
              entry.binding().epoch(),
              entry.binding().sender(),
              entry.binding().sessionKey());
    }
    return List.of();
  }

  /** A session whose ratchet this device holds, though it has not come to its entry yet. */
  private void unheard(SessionBinding binding) {
    memory.ratchet(group, binding.epoch(), binding.sender()).ifPresent(ratchet -> {
      try (ratchet) {
        unheard.put(binding.sessionKey(), HeardSession.open(binding, ratchet));
      }
    });
  }

  @Override
  public List<ChannelEvent> spoken(Entry.Spoken entry) {
    Envelope envelope = entry.envelope();
    Optional<HeardSession> own = Optional.ofNullable(unheard.get(envelope.sessionId()))
        .or(() -> memory.heard(group, envelope.epoch(), envelope.sender()))
        .filter(session -> session.sender().equals(envelope.sender()))
        .filter(session -> session.sessionId().equals(envelope.sessionId()));
    if (own.isPresent()) {
      Outcome outcome = open(own.get().session(), envelope);
      return List.of(told(entry, outcome, Optional.empty()));
    }
    List<SharedRow> given = memory
        .tables()
        .shared()
        .bound(group, envelope.epoch(), envelope.sender(), envelope.sessionId());
    Outcome last = new Outcome(Optional.empty(), missing(envelope.epoch()));
    for (SharedRow row : given) {
      last = open(opened.computeIfAbsent(row, memory::shared), envelope);
      if (last.content().isPresent()) {
        return List.of(told(entry, last, Optional.of(row.by())));
      }
      if (last.why() == UnreadableReason.KEY_NOT_OPENED) {
        memory.tables().shared().remove(row);
        watcher.warned(new SecurityProblem.SharedKeysRefused(group, envelope.epoch(), row.by()));
      }
    }
    return List.of(told(entry, last, Optional.empty()));
  }

  /**
   * What became of an envelope.
   *
   * @param why meaningless when there is content
   */
  private record Outcome(Optional<ContentForm.Said> content, UnreadableReason why) {

    static Outcome refused(UnreadableReason why) {
      return new Outcome(Optional.empty(), why);
    }
  }

  private static Outcome open(InboundGroupSession session, Envelope envelope) {
    try {
      MegolmMessage message = MegolmMessage.parse(envelope.ciphertext().toArray());
      if (message.messageIndex() != envelope.messageIndex()) {
        return Outcome.refused(UnreadableReason.SENDER_FORGED);
      }
      Optional<ContentForm.Said> said =
          ContentForm.decode(session.decrypt(message).plaintext());
      return new Outcome(said, UnreadableReason.CONTENT_INVALID);
    } catch (SignatureRejectedException e) {
      return Outcome.refused(UnreadableReason.FORGED);
    } catch (UnknownMessageIndexException e) {
      return Outcome.refused(UnreadableReason.INDEX_TOO_OLD);
    } catch (CryptoException e) {
      // Its sender has signed it: the key is wrong.
      return Outcome.refused(UnreadableReason.KEY_NOT_OPENED);
    }
  }

  private UnreadableReason missing(long epoch) {
    return epoch(epoch)
        .map(row -> switch (row.access()) {
          case HELD -> UnreadableReason.SESSION_UNKNOWN;
          case NOT_IN_ROSTER -> UnreadableReason.DEVICE_NOT_IN_ROSTER;
          case KEY_NOT_OPENED -> UnreadableReason.KEY_NOT_OPENED;
          case KEY_REFUSED -> UnreadableReason.EPOCH_REFUSED;
        })
        .orElse(UnreadableReason.EPOCH_REFUSED);
  }

  private static ChannelEvent told(
      Entry.Spoken entry, Outcome outcome, Optional<DeviceAddress> vouchedBy) {
    return outcome
        .content()
        .<ChannelEvent>map(said -> entry.opened(said.content(), vouchedBy))
        .orElseGet(() -> entry.unreadable(outcome.why()));
  }

  private Optional<EpochRow> epoch(long number) {
    return memory.tables().epochs().find(group, number);
  }
}
