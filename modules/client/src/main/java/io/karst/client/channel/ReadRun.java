package io.karst.client.channel;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.epoch.LostEpochs;
import io.karst.client.epoch.SessionBook;
import io.karst.client.gap.GapBook;
import io.karst.client.history.ClosedEpochs;
import io.karst.client.history.GivenSessions;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.ContentForm;
import io.karst.client.session.HeardSession;
import io.karst.client.session.PageOpening;
import io.karst.client.store.EpochRow;
import io.karst.client.store.EpochTable;
import io.karst.client.store.GroupRow;
import io.karst.client.store.SharedRow;
import io.karst.client.verification.HeardStep;
import io.karst.client.wire.Entry;
import io.karst.client.wire.LogItem;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.signature.SessionBindings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a run of steps: what the application is told, and what the device remembers afterwards.
 *
 * <p>Epochs were installed before. Reads from one transaction and may {@linkplain #save store} in a
 * later one, once the application has taken the events. Mutable: made for one run.
 */
final class ReadRun implements Entry.GroupCases<ChannelEvent> {

  private final Unsealed loading;
  private final GroupRow group;
  private final DeviceAddress self;
  private final Map<Long, SecurityProblem> refused;
  private final SessionBindings bindings;
  private final SessionBook sessions;
  private final PageOpening page = PageOpening.once();
  private final GapBook gaps;
  private final LogPlace place;
  private final Map<Long, Optional<EpochRow>> epochs = new HashMap<>();
  private final GivenSessions given;
  private final ClosedEpochs closed;
  private final List<EpochRange> foreseen = new ArrayList<>();
  private final List<EpochRange> orphaned = new ArrayList<>();
  private final List<HeardStep> steps = new ArrayList<>();
  private final boolean keeps;
  private Optional<Boolean> forgets = Optional.empty();
  private long newestEpoch;
  private boolean epochBegan;
  private Optional<Instant> due = Optional.empty();

  /** {@code refused} are the epochs that were not installed, with the reason. */
  ReadRun(
      Unsealed loading,
      GroupRow group,
      DeviceAddress self,
      SessionBindings bindings,
      Map<Long, SecurityProblem> refused) {
    this.loading = loading;
    this.group = group;
    this.self = self;
    this.refused = Map.copyOf(refused);
    this.bindings = bindings;
    this.sessions = new SessionBook(loading, bindings);
    this.given = new GivenSessions(loading, group.id());
    this.gaps = new GapBook(loading, group.id(), self, sessions);
    this.closed = new ClosedEpochs(loading, group.id(), self);
    this.place = new LogPlace(loading, group);
    this.keeps = loading.tables().groups().keepsKeys(group.id());
  }

  /** Takes steps in their order; answers the events of each. */
  List<List<ChannelEvent>> read(List<LogStep> steps) {
    List<List<ChannelEvent>> events = new ArrayList<>();
    int prepared = 0;
    for (int i = 0; i < steps.size(); i++) {
      if (i == prepared) {
        prepared = PageOpening.end(i, steps.size(), at -> comesFirst(steps.get(at)));
        steps.subList(i, prepared).forEach(this::prepare);
        page.open();
      }
      events.add(read(steps.get(i)));
    }
    return events;
  }

  /** Whether sessions may begin or change by a step: nothing after it is opened before it. */
  private static boolean comesFirst(LogStep step) {
    return step.item().map(item -> item.entry() instanceof Entry.SessionOpened).orElse(true);
  }

  private void prepare(LogStep step) {
    step.item()
        .filter(item -> item.entry() instanceof Entry.Spoken)
        .map(item -> ((Entry.Spoken) item.entry()).envelope())
        .ifPresent(envelope -> own(envelope).ifPresent(session -> session.prepare(envelope, page)));
  }

  private Optional<HeardSession> own(Envelope envelope) {
    return epoch(envelope.epoch())
        .filter(row -> row.access() == EpochRow.Access.HELD)
        .flatMap(row -> sessions.find(row, envelope.sender()));
  }

  private List<ChannelEvent> read(LogStep step) {
    if (step.kind() instanceof LogStep.Item entry) {
      return read(entry.item());
    }
    if (step.kind() instanceof LogStep.CaughtUp caughtUp) {
      place.reach(caughtUp.head());
      return List.of(new ChannelEvent.CaughtUp(caughtUp.head().size()));
    }
    if (step.kind() instanceof LogStep.Filled filled) {
      return gaps.fill(filled.answer(), this::epoch, place.nextOffset(), this::told);
    }
    if (step.kind() instanceof LogStep.Started started) {
      return started.tree().map(this::begin).orElse(List.of());
    }
    return settled();
  }

  private List<ChannelEvent> begin(Frontier tree) {
    return place
        .begin(tree, self)
        .map(fork -> List.of(warning(tree.size(), fork)))
        .orElse(List.of());
  }

  private List<ChannelEvent> read(LogItem item) {
    List<ChannelEvent> events = new ArrayList<>(item.entry().match(this));
    place.pass(item, self).ifPresent(fork -> events.add(warning(item.entry().offset(), fork)));
    return events;
  }

  /** The epochs whose envelopes are taken have waited long enough for what is missing. */
  private List<ChannelEvent> settled() {
    long newest =
        loading.tables().epochs().newest(group.id()).map(EpochRow::number).orElse(0L);
    List<ChannelEvent> events = new ArrayList<>(settled(newest - 1));
    events.addAll(settled(newest));
    return events;
  }

  private List<ChannelEvent> settled(long epoch) {
    return epoch(epoch).map(gaps::settle).orElse(List.of());
  }

  /** Steps of verifications, which the application is not told. */
  List<HeardStep> steps() {
    return List.copyOf(steps);
  }

  /** Stores what has changed. */
  void save(Unsealed memory) {
    sessions.save(memory);
    gaps.save(memory);
    place.save(memory);
    given.save(memory);
    orphaned.forEach(range -> memory.tables().epochs().orphan(group.id(), range));
    // After the sessions, which it may have to convert.
    forgets.ifPresent(policy -> memory.saveKeepsKeys(group.id(), !policy));
    if (epochBegan) {
      memory.tables().groups().forgetRotationDue(group.id());
    }
    due.ifPresent(deadline -> memory.tables().groups().addRotationDue(group.id(), deadline));
    if (newestEpoch > 1) {
      // Envelopes of the epoch before may still come while it is in grace; older ones are refused
      // by the group, and kept only to be read again or given to others.
      memory.tables().epochs().forgetRatchetsBefore(group.id(), newestEpoch - 1);
      long kept = newestEpoch - (keeps ? EpochTable.KEPT_MAX : 1);
      long asked = memory.tables().gaps().firstEpoch(group.id()).orElse(kept);
      memory.tables().epochs().forgetBefore(group.id(), Math.min(kept, asked));
    }
  }

  @Override
  public List<ChannelEvent> notice(Entry.Notice entry) {
    if (entry.event() instanceof ChannelEvent.PolicyChanged changed) {
      forgets = Optional.of(changed.policy().forwardOnly());
    }
    if (entry.event() instanceof ChannelEvent.EpochsOrphaned reset) {
      orphaned.add(reset.epochs());
    }
    if (entry.event() instanceof ChannelEvent.RotationDue rotation) {
      due = due.filter(rotation.deadline()::isBefore).or(() -> Optional.of(rotation.deadline()));
    }
    return List.of(entry.event());
  }

  /** Looks for the epochs that a later step gives up, so that what was said in them says so. */
  void foresee(List<LogStep> steps) {
    for (LogStep step : steps) {
      step.item()
          .filter(item -> item.entry() instanceof Entry.Notice)
          .map(item -> ((Entry.Notice) item.entry()).event())
          .filter(ChannelEvent.EpochsOrphaned.class::isInstance)
          .ifPresent(event -> foreseen.add(((ChannelEvent.EpochsOrphaned) event).epochs()));
    }
  }

  @Override
  public List<ChannelEvent> hidden(Entry.Hidden entry) {
    gaps.hide(entry);
    return List.of();
  }

  @Override
  public List<ChannelEvent> silent(Entry.Silent entry) {
    return List.of();
  }

  @Override
  public List<ChannelEvent> epochStarted(Entry.EpochStarted entry) {
    Manifest manifest = entry.news().manifest().manifest();
    epochBegan = true;
    due = Optional.empty();
    // Nothing more is taken of the epoch before the last one, in no grace either.
    List<ChannelEvent> events = new ArrayList<>(settled(manifest.epoch() - 2));
    SecurityProblem problem = refused.get(manifest.epoch());
    if (problem != null) {
      events.add(warning(entry.offset(), problem));
    } else if (epoch(manifest.epoch()).isPresent()) {
      newestEpoch = Math.max(newestEpoch, manifest.epoch());
      events.add(entry.verified());
    }
    return events;
  }

  @Override
  public List<ChannelEvent> sessionOpened(Entry.SessionOpened entry) {
    SessionBinding binding = entry.binding();
    return epoch(binding.epoch())
        .flatMap(row -> bind(row, binding))
        .map(flaw -> warning(
            entry.offset(),
            new SecurityProblem.SessionRefused(
                group.id(), binding.epoch(), binding.sender(), flaw)))
        .<List<ChannelEvent>>map(List::of)
        .orElse(List.of());
  }

  /** Of an epoch that is not held, others may have given keys, or may still do so. */
  private Optional<Flaw> bind(EpochRow epoch, SessionBinding binding) {
    if (epoch.access() == EpochRow.Access.HELD) {
      return sessions.begin(epoch, binding);
    }
    Optional<Flaw> flaw = HeardSession.flaw(bindings, epoch.manifest().manifest(), binding);
    if (flaw.isEmpty()) {
      given.bind(binding);
    }
    return flaw;
  }

  @Override
  public List<ChannelEvent> spoken(Entry.Spoken entry) {
    Envelope envelope = entry.envelope();
    Optional<HeardSession> own = own(envelope);
    if (own.isPresent()) {
      List<ChannelEvent> events = new ArrayList<>(told(entry, own.get().read(envelope, page)));
      events.addAll(gaps.lost(envelope.epoch(), own.get()));
      return events;
    }
    return byOthers(entry)
        .orElseGet(
            () -> List.of(entry.unreadable(closed(envelope.epoch(), epoch(envelope.epoch())))));
  }

  /** What keys make of an envelope that others gave, and who gave wrong ones. */
  private Optional<List<ChannelEvent>> byOthers(Entry.Spoken entry) {
    Set<SharedRow> known = given.wrong();
    return given.readOnce(entry.envelope()).map(reading -> {
      List<ChannelEvent> events = new ArrayList<>();
      given.wrong().stream()
          .filter(row -> !known.contains(row))
          .map(row -> new SecurityProblem.SharedKeysRefused(group.id(), row.epoch(), row.by()))
          .forEach(problem -> events.add(warning(entry.offset(), problem)));
      Optional<EpochRow> epoch = epoch(entry.envelope().epoch());
      events.addAll(told(
          entry,
          reading.plaintext(),
          reading.why().map(why -> closed.given(epoch, why)),
          reading.by()));
      return events;
    });
  }

  private UnreadableReason closed(long number, Optional<EpochRow> epoch) {
    UnreadableReason why = closed.why(number, epoch);
    boolean lost = epoch.filter(LostEpochs::isLost).isPresent();
    return lost && foreseen.stream().anyMatch(range -> range.contains(number))
        ? UnreadableReason.EPOCH_ORPHANED
        : why;
  }

  private List<ChannelEvent> told(Entry.Spoken entry, HeardSession.Reading reading) {
    return told(entry, reading.plaintext(), reading.why(), Optional.empty());
  }

  private List<ChannelEvent> told(
      Entry.Spoken entry,
      Optional<Bytes> plaintext,
      Optional<UnreadableReason> why,
      Optional<DeviceAddress> vouchedBy) {
    Optional<ContentForm.Said> said = plaintext.flatMap(text -> ContentForm.decode(text.toArray()));
    if (said.isEmpty()) {
      return List.of(entry.unreadable(why.orElse(
          plaintext.isEmpty() ? UnreadableReason.MALFORMED : UnreadableReason.CONTENT_INVALID)));
    }
    List<ChannelEvent> events = new ArrayList<>();
    said.get()
        .head()
        .flatMap(head -> place.compare(head, entry.envelope().sender()))
        .ifPresent(fork -> events.add(warning(entry.offset(), fork)));
    Content content = said.get().content();
    if (!HeardStep.isStep(content)) {
      events.add(entry.opened(content, vouchedBy));
    } else if (vouchedBy.isEmpty()) {
      // Only what its sender's own keys open is the sender's word.
      HeardStep.of(group.id(), entry.offset(), entry.envelope().sender(), content)
          .ifPresent(steps::add);
    }
    return events;
  }

  private static ChannelEvent warning(long offset, SecurityProblem problem) {
    return new ChannelEvent.SecurityWarning(offset, problem);
  }

  private Optional<EpochRow> epoch(long number) {
    return epochs.computeIfAbsent(
        number, missing -> loading.tables().epochs().find(group.id(), missing));
  }
}
