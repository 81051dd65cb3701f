package io.karst.journal.log;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.GroupId;
import io.karst.proof.entry.EntryLeaves;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A group's log up to some entry: the group that its events made, and the tree over its entries.
 *
 * <p>Invariant: the tree has one leaf for each entry.
 */
public record GroupLog(Group group, Frontier frontier) {

  public GroupLog {
    if (group.size() != frontier.size()) {
      throw new IllegalArgumentException("a log has one leaf for each entry");
    }
  }

  /** The log without entries. */
  public static GroupLog empty(GroupId id) {
    return new GroupLog(Group.empty(id), Frontier.EMPTY);
  }

  /**
   * The record that takes an event into the log.
   *
   * <p>Throws {@link IllegalStateException} if the event cannot follow: then a rule is wrong.
   */
  public StoredRecord record(GroupEvent event) {
    return after(event).recordOf(event, this);
  }

  /** The records of events that are written together, each continuing the one before. */
  public List<StoredRecord> recordAll(List<GroupEvent> events) {
    var records = new ArrayList<StoredRecord>(events.size());
    GroupLog log = this;
    for (GroupEvent event : events) {
      GroupLog after = log.after(event);
      records.add(after.recordOf(event, log));
      log = after;
    }
    return records;
  }

  /** The log with one record more; throws {@link LogMismatch} if that does not continue it. */
  public GroupLog evolve(StoredRecord record) {
    require(record.firstOffset() == group.size(), LogMismatch.Kind.OFFSET);
    GroupLog after = afterStored(record.event());
    require(record.epoch() == after.epoch(), LogMismatch.Kind.EPOCH);
    require(record.root().equals(after.frontier.root()), LogMismatch.Kind.ROOT);
    require(record.frontier().map(frontier::equals).orElse(true), LogMismatch.Kind.ROOT);
    return after;
  }

  /** Size and Merkle root. */
  public Head head() {
    return frontier.head();
  }

  private GroupLog afterStored(GroupEvent event) {
    try {
      return after(event);
    } catch (IllegalStateException e) {
      throw new LogMismatch(LogMismatch.Kind.EVENT, group.size(), e);
    }
  }

  private GroupLog after(GroupEvent event) {
    Group grown = group.evolve(event);
    List<Bytes> leaves =
        event.match(new EntryLeaves(group.id(), group.size(), grown.epoch().number()));
    return new GroupLog(grown, frontier.append(leaves));
  }

  private StoredRecord recordOf(GroupEvent event, GroupLog before) {
    long first = before.group.size();
    return new StoredRecord(
        first,
        event.at(),
        epoch(),
        frontier.root(),
        event,
        hasMultiple(first, group.size()) ? Optional.of(before.frontier) : Optional.empty());
  }

  /** Whether the entry at a multiple of the stride is among these, but for the log's first one. */
  private static boolean hasMultiple(long first, long next) {
    int stride = StoredRecord.FRONTIER_EVERY;
    return first > 0 && (first + stride - 1) / stride * stride < next;
  }

  private long epoch() {
    return group.epoch().number();
  }

  private void require(boolean continues, LogMismatch.Kind kind) {
    if (!continues) {
      long offset = group.size();
      throw new LogMismatch(kind, offset, "at offset " + offset + ": another " + kind);
    }
  }
}
