package io.karst.audit;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.GroupEvent;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.history.GroupHistory;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.entry.EntryLeaves;
import io.karst.proof.merkle.Frontier;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that writes what it likes behind an honest log: with right offsets and roots, but past
 * the rules.
 *
 * <p>Mutable, for one test.
 */
final class Forger {

  private final GroupHistory history;
  private final List<byte[]> stored;
  private Frontier frontier;

  Forger(GroupHistory history) {
    this.history = history;
    this.stored = new ArrayList<>(history.stored());
    this.frontier = history.log().frontier();
  }

  /** Writes an event after which {@code epoch} is current. */
  Forger write(long epoch, GroupEvent event) {
    long offset = frontier.size();
    List<Bytes> leaves = event.match(new EntryLeaves(history.id(), offset, epoch));
    frontier = frontier.append(leaves);
    var record = new StoredRecord(offset, event.at(), epoch, frontier.root(), event);
    stored.add(new GroupRecordCodec(history.id()).encode(record));
    return this;
  }

  /** The log with what was forged behind it. */
  List<byte[]> stored() {
    return List.copyOf(stored);
  }
}
