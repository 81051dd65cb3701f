package io.karst.client.gap;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.SecurityProblem;
import io.karst.client.epoch.SessionBook;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.HeardSession;
import io.karst.client.session.HeardSession.Reading;
import io.karst.client.store.EpochRow;
import io.karst.client.store.gap.Gap;
import io.karst.client.store.gap.GapTable;
import io.karst.client.store.gap.IndexRange;
import io.karst.client.wire.Entry;
import io.karst.client.wire.LogItem;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The gaps that a run finds and closes: stored together or not at all.
 *
 * <p>What the server answers of a gap is believed when its leaf is the one that it showed at that
 * place of the log before. So a message can only be one that it had hidden; where it hid nothing,
 * there is nothing to ask. Mutable: made for one run.
 */
public final class GapBook {

  private final Unsealed loading;
  private final GroupId group;
  private final DeviceAddress self;
  private final SessionBook sessions;
  private final Map<Long, Bytes> hidden = new TreeMap<>();
  private final Set<Long> revealed = new HashSet<>();
  private final List<Gap> opened = new ArrayList<>();
  private final List<Gap> closed = new ArrayList<>();

  /** Loads from one transaction; what it stores may go into a later one. */
  public GapBook(Unsealed loading, GroupId group, DeviceAddress self, SessionBook sessions) {
    this.loading = loading;
    this.group = group;
    this.self = self;
    this.sessions = sessions;
  }

  /** Remembers what the log does not show, whatever epoch the server says that it is of. */
  public void hide(Entry.Hidden entry) {
    hidden.put(entry.offset(), entry.leaf());
  }

  /** Takes up what a session has lost: what cannot be asked about is missing. */
  public List<ChannelEvent> lost(long epoch, HeardSession session) {
    List<ChannelEvent> events = new ArrayList<>();
    for (IndexRange range : session.takeLost()) {
      Gap gap = new Gap(group, epoch, session.sender(), session.sessionId(), range);
      if (mayBeHidden() && tables().count(group) + opened.size() < GapTable.GAPS_MAX) {
        opened.add(gap);
      } else {
        events.add(missing(gap));
      }
    }
    return events;
  }

  /** Takes whatever is missing in an epoch for lost. */
  public List<ChannelEvent> settle(EpochRow epoch) {
    List<ChannelEvent> events = new ArrayList<>();
    for (HeardSession session : sessions.incomplete(epoch)) {
      session.settle();
      events.addAll(lost(epoch.number(), session));
    }
    return events;
  }

  /** How the application is told of an envelope. */
  @FunctionalInterface
  public interface Telling {
    List<ChannelEvent> of(Entry.Spoken entry, Reading reading);
  }

  /**
   * Closes a gap.
   *
   * @param epochs finds an epoch that was installed
   * @param nextOffset the first one that was not read: what is there comes by itself
   */
  public List<ChannelEvent> fill(
      GapAnswer answer,
      Function<Long, Optional<EpochRow>> epochs,
      long nextOffset,
      Telling telling) {
    Optional<HeardSession> session = epochs
        .apply(answer.gap().epoch())
        .flatMap(row -> sessions.find(row, answer.gap().sender()));
    List<ChannelEvent> events = new ArrayList<>();
    Set<Long> found = new HashSet<>();
    for (LogItem item : answer.items()) {
      var spoken = (Entry.Spoken) item.entry();
      if (spoken.offset() >= nextOffset) {
        found.add(spoken.envelope().messageIndex());
      } else if (isInLog(item)) {
        revealed.add(spoken.offset());
        events.add(warning(
            spoken.offset(),
            new SecurityProblem.MessageHidden(
                group, spoken.offset(), spoken.envelope().sender())));
        events.addAll(telling.of(spoken, late(session, spoken, found)));
      } else if (leafAt(spoken.offset()).isPresent()) {
        events.add(warning(
            spoken.offset(), new SecurityProblem.LogForked(group, spoken.offset() + 1, self)));
      }
    }
    close(answer, found, events);
    return events;
  }

  private static Reading late(
      Optional<HeardSession> session, Entry.Spoken spoken, Set<Long> found) {
    if (!found.add(spoken.envelope().messageIndex())) {
      return Reading.refused(UnreadableReason.INDEX_REPLAYED);
    }
    return session
        .map(heard -> heard.readLate(spoken.envelope()))
        .orElseGet(() -> Reading.refused(UnreadableReason.SESSION_UNKNOWN));
  }

  /** As long as the server has more to say, and says something, the rest stays open. */
  private void close(GapAnswer answer, Set<Long> found, List<ChannelEvent> events) {
    closed.add(answer.gap());
    for (IndexRange range : answer.gap().range().without(found)) {
      if (answer.whole() || found.isEmpty()) {
        events.add(missing(answer.gap().at(range)));
      } else {
        opened.add(answer.gap().at(range));
      }
    }
  }

  /** Stores what has changed. */
  public void save(Unsealed memory) {
    GapTable gaps = memory.tables().gaps();
    gaps.hide(group, hidden);
    revealed.forEach(offset -> gaps.reveal(group, offset));
    closed.forEach(gaps::remove);
    opened.forEach(gaps::add);
  }

  private boolean isInLog(LogItem item) {
    return leafAt(item.entry().offset()).filter(item.leaf()::equals).isPresent();
  }

  private Optional<Bytes> leafAt(long offset) {
    return revealed.contains(offset)
        ? Optional.empty()
        : Optional.ofNullable(hidden.get(offset)).or(() -> tables().hidden(group, offset));
  }

  private boolean mayBeHidden() {
    return !hidden.isEmpty() || tables().firstHidden(group).isPresent();
  }

  private GapTable tables() {
    return loading.tables().gaps();
  }

  private static ChannelEvent missing(Gap gap) {
    return new ChannelEvent.MessagesMissing(
        gap.epoch(), gap.sender(), gap.range().from(), gap.range().to());
  }

  private static ChannelEvent warning(long offset, SecurityProblem problem) {
    return new ChannelEvent.SecurityWarning(offset, problem);
  }
}
