package io.karst.client.history;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.SecurityProblem;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.ContentForm;
import io.karst.client.session.HeardSession;
import io.karst.client.session.PageOpening;
import io.karst.client.store.EpochRow;
import io.karst.client.wire.Entry;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.signature.SessionBindings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads entries of a log once more, with this device's own keys, or else with those that others
 * gave. Mutable: made for one part.
 */
final class HistoryRun implements Entry.GroupCases<ChannelEvent> {

  private final Unsealed memory;
  private final GroupId group;
  private final SessionBindings bindings;
  private final EpochWatcher watcher;
  private final GivenSessions given;
  private final ClosedEpochs closed;
  private final PageOpening page = PageOpening.again();
  private final Map<Speaker, Optional<HeardSession>> held = new HashMap<>();
  private final Map<Bytes, HeardSession> unheard = new HashMap<>();

  private record Speaker(long epoch, DeviceAddress device) {}

  HistoryRun(
      Unsealed memory,
      GroupId group,
      DeviceAddress self,
      SessionBindings bindings,
      EpochWatcher watcher) {
    this.memory = memory;
    this.group = group;
    this.bindings = bindings;
    this.watcher = watcher;
    this.given = new GivenSessions(memory, group);
    this.closed = new ClosedEpochs(memory, group, self);
  }

  /** Reads entries in their order. */
  List<ChannelEvent> read(List<Entry> entries) {
    List<ChannelEvent> events = new ArrayList<>();
    int prepared = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (i == prepared) {
        prepared = PageOpening.end(
            i, entries.size(), at -> entries.get(at) instanceof Entry.SessionOpened);
        entries.subList(i, prepared).forEach(this::prepare);
        page.open();
      }
      events.addAll(entries.get(i).match(this));
    }
    return events;
  }

  private void prepare(Entry entry) {
    if (entry instanceof Entry.Spoken spoken) {
      own(spoken.envelope()).ifPresent(own -> page.add(own.session(), spoken.envelope()));
    }
  }

  /** This device's own session of an envelope, opened once for all that is read. */
  private Optional<HeardSession> own(Envelope envelope) {
    return Optional.ofNullable(unheard.get(envelope.sessionId()))
        .or(() -> held.computeIfAbsent(
            new Speaker(envelope.epoch(), envelope.sender()),
            speaker -> memory.heard(group, speaker.epoch(), speaker.device())))
        .filter(session -> session.sender().equals(envelope.sender()))
        .filter(session -> session.sessionId().equals(envelope.sessionId()));
  }

  @Override
  public List<ChannelEvent> notice(Entry.Notice entry) {
    return List.of(entry.event());
  }

  @Override
  public List<ChannelEvent> hidden(Entry.Hidden entry) {
    return List.of();
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
      given.bind(entry.binding());
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
    Optional<HeardSession> own = own(envelope);
    if (own.isPresent()) {
      var read = GivenSessions.open(own.get().session(), envelope, page);
      return List.of(told(entry, read.plaintext(), read.why(), Optional.empty()));
    }
    return List.of(given
        .read(envelope)
        .map(read -> told(
            entry,
            read.plaintext(),
            read.why().map(why -> closed.given(epoch(envelope.epoch()), why)),
            read.by()))
        .orElseGet(() -> entry.unreadable(closed.why(envelope.epoch(), epoch(envelope.epoch())))));
  }

  /** Stores what has changed, and tells who gave wrong keys. */
  void save() {
    given.save(memory);
    given
        .wrong()
        .forEach(row ->
            watcher.warned(new SecurityProblem.SharedKeysRefused(group, row.epoch(), row.by())));
  }

  private static ChannelEvent told(
      Entry.Spoken entry,
      Optional<Bytes> plaintext,
      Optional<UnreadableReason> why,
      Optional<DeviceAddress> vouchedBy) {
    return plaintext
        .flatMap(text -> ContentForm.decode(text.toArray()))
        .<ChannelEvent>map(said -> entry.opened(said.content(), vouchedBy))
        .orElseGet(() -> entry.unreadable(why.orElse(UnreadableReason.CONTENT_INVALID)));
  }

  private Optional<EpochRow> epoch(long number) {
    return memory.tables().epochs().find(group, number);
  }
}
