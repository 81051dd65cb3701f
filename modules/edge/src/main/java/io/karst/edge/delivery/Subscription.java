package io.karst.edge.delivery;

import io.karst.domain.epoch.SealedKey;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.edge.message.EntryMapping;
import io.karst.edge.message.EpochMapping;
import io.karst.edge.message.GroupMapping;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.CaughtUp;
import io.karst.wire.v1.Cursor;
import io.karst.wire.v1.Entries;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.SubscribeResponse;
import io.karst.wire.v1.SubscriptionStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One reader's way through one group's log.
 *
 * <p>Mutable, owned by its stream's actor. Invariant: entries go out in the order of their offsets,
 * each once, none left out; an envelope that the reader may not read goes out as its leaf; nothing
 * goes out after the entry that took the reader out of the group, unless the group says that it is
 * in again.
 */
public final class Subscription {

  /** Bytes of entries in one message, but for a single larger record. */
  private static final int MESSAGE_BYTES = 128 << 10;

  private final GroupId group;
  private final DeviceAddress reader;
  private Visibility visibility = Visibility.BEFORE_FIRST;
  private Head head = Head.EMPTY;
  private long next;
  private long target;
  private long memberUntil;
  private long journalUntil;
  private boolean caughtUp;
  private boolean out;

  public Subscription(GroupId group, DeviceAddress reader) {
    this.group = group;
    this.reader = reader;
  }

  public GroupId group() {
    return group;
  }

  /** Offset of the entry that goes out next. */
  public long next() {
    return next;
  }

  /** Whether the next entries are to be read from the journal, and not to be waited for. */
  public boolean isBehind() {
    return next < journalUntil;
  }

  /** Whether the last entry took the reader out of the group. */
  public boolean isOut() {
    return out;
  }

  /** Begins; answers what goes out first. */
  public List<SubscribeResponse> begin(Opening opening) {
    next = opening.next();
    head = opening.head();
    visibility = opening.visibility();
    target = opening.view().head().size();
    memberUntil = target;
    journalUntil = target;
    var messages = new ArrayList<SubscribeResponse>();
    messages.add(SubscribeResponse.newBuilder()
        .setStarted(SubscriptionStarted.newBuilder()
            .setGroupId(group.value())
            .setNextOffset(next)
            .addAllEpochs(opening.epochs())
            .addAllFrontier(opening.frontier().map(GroupMapping::peaks).orElse(List.of())))
        .build());
    addCaughtUp(messages);
    return messages;
  }

  /**
   * The feed has no more what comes next: it is in the journal, up to this size of the log at
   * least.
   */
  public void readJournalUntil(long size) {
    journalUntil = size;
  }

  /** The group says that the reader is a member, when the log has this size. */
  public void memberAt(long size) {
    out = false;
    memberUntil = size;
    journalUntil = Math.max(journalUntil, size);
  }

  /** Takes the records that follow; answers what goes out. */
  public List<SubscribeResponse> take(
      List<StoredRecord> records, Function<StoredRecord, List<LogEntry>> entriesOf) {
    var messages = new ArrayList<SubscribeResponse>();
    var entries = new ArrayList<LogEntry>();
    int bytes = 0;
    for (StoredRecord record : records) {
      if (out || record.nextOffset() <= next) {
        continue;
      }
      List<LogEntry> shown = take(record, entriesOf.apply(record));
      entries.addAll(shown);
      bytes += shown.stream().mapToInt(LogEntry::getSerializedSize).sum();
      if (bytes >= MESSAGE_BYTES) {
        messages.add(entries(entries));
        entries.clear();
        bytes = 0;
      }
    }
    if (!entries.isEmpty()) {
      messages.add(entries(entries));
    }
    addCaughtUp(messages);
    return messages;
  }

  private List<LogEntry> take(StoredRecord record, List<LogEntry> entries) {
    if (record.firstOffset() != next) {
      throw new IllegalStateException(
          "entry %d follows where %d should".formatted(record.firstOffset(), next));
    }
    List<LogEntry> shown = shown(record, entries);
    next = record.nextOffset();
    head = record.head();
    out = record.firstOffset() >= memberUntil && takesOut(record.event(), reader.member());
    return shown;
  }

  private List<LogEntry> shown(StoredRecord record, List<LogEntry> entries) {
    if (record.event() instanceof GroupEvent.EpochStarted started) {
      visibility = visibility.after(started.manifest().manifest(), reader.member());
      return started.sealedKeys().stream()
          .filter(key -> key.device().equals(reader))
          .findFirst()
          .map(key -> List.of(withKey(entries.get(0), key)))
          .orElse(List.of(entries.get(0)));
    }
    if (record.event() instanceof GroupEvent.OwnerMessageSent sent) {
      return sent.message()
          .copyFor(reader.device())
          .map(own -> List.of(EntryMapping.withCopy(entries.get(0), own)))
          .orElse(entries);
    }
    if (record.event() instanceof GroupEvent.EnvelopesAppended appended) {
      boolean all = appended.envelopes().stream().allMatch(e -> visibility.mayRead(e.epoch()));
      return all ? entries : EntryMapping.hidden(group, record, entries, visibility::mayRead);
    }
    return entries;
  }

  private static LogEntry withKey(LogEntry entry, SealedKey key) {
    return EntryMapping.withSealedKey(entry, EpochMapping.sealedKey(key));
  }

  private static boolean takesOut(GroupEvent event, MemberId member) {
    if (event instanceof GroupEvent.MemberRemoved removed) {
      return removed.member().equals(member);
    }
    return event instanceof GroupEvent.MemberLeft left && left.by().member().equals(member);
  }

  private SubscribeResponse entries(List<LogEntry> entries) {
    return SubscribeResponse.newBuilder()
        .setEntries(Entries.newBuilder()
            .setGroupId(group.value())
            .addAllEntries(entries)
            .setCursor(cursor()))
        .build();
  }

  private void addCaughtUp(List<SubscribeResponse> messages) {
    if (!caughtUp && next >= target) {
      caughtUp = true;
      messages.add(SubscribeResponse.newBuilder()
          .setCaughtUp(CaughtUp.newBuilder().setGroupId(group.value()).setCursor(cursor()))
          .build());
    }
  }

  private Cursor cursor() {
    return Cursor.newBuilder().setHead(GroupMapping.head(head)).build();
  }
}
