package io.karst.journal.log;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.GroupEvent;
import io.karst.proof.merkle.Head;
import java.time.Instant;

/**
 * One event of a group and its place in the log: what a row of the journal holds.
 *
 * @param firstOffset offset of the event's first entry
 * @param at when the event was decided, in whole milliseconds
 * @param epoch the one that is current after the event; 0 before the first
 * @param root Merkle root of the log after the event, 32 bytes
 */
public record StoredRecord(long firstOffset, Instant at, long epoch, Bytes root, GroupEvent event) {

  public StoredRecord {
    boolean inBounds = firstOffset >= 0 && epoch >= 0 && root.length() == 32;
    if (!inBounds || !at.equals(event.at())) {
      throw new IllegalArgumentException("offset, time, epoch or root out of bounds");
    }
  }

  /** Offset of the entry after the event's last. */
  public long nextOffset() {
    return firstOffset + event.entries();
  }

  /** The same place in the log with the same entries, told in another form. */
  public StoredRecord with(GroupEvent told) {
    return new StoredRecord(firstOffset, at, epoch, root, told);
  }

  /** The log's head after the event. */
  public Head head() {
    return new Head(nextOffset(), root);
  }
}
