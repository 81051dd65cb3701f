package io.karst.edge.delivery;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.edge.message.EntryMapping;
import io.karst.journal.log.StoredRecord;
import io.karst.wire.v1.FetchRangeResponse;
import io.karst.wire.v1.LogEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * One search for envelopes of a session, record by record.
 *
 * <p>Mutable: made for one call. Invariant: whatever lies before {@link #next} was looked at.
 */
final class RangeSearch {

  /** Envelopes in one answer: the width of the window in which indices are taken. */
  static final int ENTRIES_MAX = 64;

  /** Bytes of one answer, but for its last envelope. */
  private static final int BYTES_MAX = 256 << 10;

  private final Wanted wanted;
  private final List<LogEntry> found = new ArrayList<>();
  private long next;
  private long bytes;
  private boolean over;

  RangeSearch(Wanted wanted, long from) {
    this.wanted = wanted;
    this.next = from;
  }

  /**
   * What is looked for.
   *
   * @param from first message index
   * @param to last message index
   */
  record Wanted(long epoch, Bytes sessionId, long from, long to) {

    boolean holds(Envelope envelope) {
      return envelope.epoch() == epoch
          && envelope.sessionId().equals(sessionId)
          && envelope.messageIndex() >= from
          && envelope.messageIndex() <= to;
    }

    /** An index is taken once. */
    long count() {
      return to - from + 1;
    }
  }

  /** Offset of the first entry that was not looked at. */
  long next() {
    return next;
  }

  /** Whether the answer is full, or nothing more can be found. */
  boolean isDone() {
    return over || isFull();
  }

  private boolean isFull() {
    return found.size() >= ENTRIES_MAX || bytes >= BYTES_MAX;
  }

  /** Looks at the record that follows. */
  void pass(StoredRecord record) {
    if (isDone()) {
      return;
    }
    // In grace, envelopes of an epoch come while the next one is current, and never later.
    if (record.epoch() > wanted.epoch() + 1) {
      over = true;
      return;
    }
    if (record.event() instanceof GroupEvent.EnvelopesAppended appended) {
      pass(record, appended.envelopes());
    } else {
      next = record.nextOffset();
    }
  }

  private void pass(StoredRecord record, List<Envelope> envelopes) {
    List<LogEntry> entries = EntryMapping.entries(record);
    for (int i = 0; i < entries.size() && !isDone(); i++) {
      LogEntry entry = entries.get(i);
      if (entry.getOffset() >= next) {
        next = entry.getOffset() + 1;
        if (wanted.holds(envelopes.get(i))) {
          found.add(entry);
          bytes += entry.getSerializedSize();
          over = found.size() >= wanted.count();
        }
      }
    }
  }

  /** The answer, of a log that has this many entries. */
  FetchRangeResponse response(long size) {
    var response = FetchRangeResponse.newBuilder().addAllEntries(found);
    if (!over && next < size) {
      response.setNextOffset(next);
    }
    return response.build();
  }
}
