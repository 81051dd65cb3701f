package io.karst.journal.log;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.GroupId;
import io.karst.proof.entry.EntryLeaves;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import java.time.Instant;
import java.util.Optional;

/**
 * One event of a group and its place in the log: what a row of the journal holds.
 *
 * @param firstOffset offset of the event's first entry
 * @param at when the event was decided, in whole milliseconds
 * @param epoch the one that is current after the event; 0 before the first
 * @param root Merkle root of the log after the event, 32 bytes
 * @param frontier of the log before the event, in the records from which a frontier elsewhere is
 *     computed
 */
public record StoredRecord(
    long firstOffset,
    Instant at,
    long epoch,
    Bytes root,
    GroupEvent event,
    Optional<Frontier> frontier) {

  /**
   * The entry at each multiple of this offset stands in a record with a frontier: so one anywhere
   * is some hundred hashes away, and they take 2 bytes an entry.
   */
  public static final int FRONTIER_EVERY = 256;

  /** Without a frontier. */
  public StoredRecord(long firstOffset, Instant at, long epoch, Bytes root, GroupEvent event) {
    this(firstOffset, at, epoch, root, event, Optional.empty());
  }

  public StoredRecord {
    if (frontier.filter(before -> before.size() != firstOffset).isPresent()) {
      throw new IllegalArgumentException("a frontier of another place");
    }
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
    return new StoredRecord(firstOffset, at, epoch, root, told, frontier);
  }

  /** The tree over the log after the event, from the one over the log before. */
  public Frontier after(GroupId group, Frontier before) {
    return before.append(event.match(new EntryLeaves(group, firstOffset, epoch)));
  }

  /** The log's head after the event. */
  public Head head() {
    return new Head(nextOffset(), root);
  }
}
