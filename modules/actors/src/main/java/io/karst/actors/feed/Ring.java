package io.karst.actors.feed;

import io.karst.journal.log.StoredRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest records of one group, without gap.
 *
 * <p>Mutable; owned by one feed. Invariant: the records follow each other, the last one ends at
 * {@code nextOffset}, and they stay within {@value #RECORDS_MAX} records and {@value #BYTES_MAX}
 * bytes (but for a single larger one).
 */
final class Ring {

  /** Readers that keep up need the newest record only; the others read the journal. */
  static final int RECORDS_MAX = 256;

  /** Four of the largest rows. */
  static final int BYTES_MAX = 1 << 20;

  /** A reader hands each answer to one connection; more at a time would only wait there. */
  static final int ANSWER_BYTES_MAX = 512 << 10;

  private static final long UNKNOWN = -1;

  private final ArrayDeque<StoredRecord> records = new ArrayDeque<>();
  private long nextOffset = UNKNOWN;
  private long bytes;
  private int fresh;

  /** Whether the group has said yet where it stands. */
  boolean started() {
    return nextOffset != UNKNOWN;
  }

  /** The offset after the newest record. */
  long nextOffset() {
    return nextOffset;
  }

  /** The oldest offset that can be answered. */
  long oldestOffset() {
    return records.isEmpty() ? nextOffset : records.getFirst().firstOffset();
  }

  /** The log has this size. When records up to it were missed, everything kept is worthless. */
  void reached(long size) {
    if (size > nextOffset) {
      clear();
      nextOffset = size;
    }
  }

  /** Adds a record that was written; one that is known is ignored, one after a gap begins anew. */
  void add(StoredRecord record) {
    if (record.nextOffset() <= nextOffset) {
      return;
    }
    reached(record.firstOffset());
    records.addLast(record);
    nextOffset = record.nextOffset();
    bytes += RecordWeight.of(record);
    fresh++;
    while (records.size() > 1 && (records.size() > RECORDS_MAX || bytes > BYTES_MAX)) {
      dropOldest();
    }
  }

  /** The records from the one that holds {@code offset} on; at least one. */
  List<StoredRecord> from(long offset) {
    var answer = new ArrayList<StoredRecord>();
    long size = 0;
    for (StoredRecord record : records) {
      if (record.nextOffset() > offset) {
        size += RecordWeight.of(record);
        if (!answer.isEmpty() && size > ANSWER_BYTES_MAX) {
          break;
        }
        answer.add(record);
      }
    }
    return List.copyOf(answer);
  }

  /** Drops what was there at the call before: an idle group's records do not stay in memory. */
  void age() {
    while (records.size() > fresh) {
      dropOldest();
    }
    fresh = 0;
  }

  private void dropOldest() {
    bytes -= RecordWeight.of(records.removeFirst());
    fresh = Math.min(fresh, records.size());
  }

  private void clear() {
    records.clear();
    bytes = 0;
    fresh = 0;
  }
}
