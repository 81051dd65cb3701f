package io.karst.audit;

import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.GroupId;
import io.karst.journal.codec.CorruptRecord;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.LogMismatch;
import io.karst.journal.log.StagedKeys;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Head;
import io.karst.proof.signature.Signatures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * Replays a group's stored records through the rules that wrote them, and holds no key.
 *
 * <p>A record that breaks the log (it is corrupt, missing, or could not have been decided) ends the
 * replay: nothing behind it can be judged. Everything else is found and the replay goes on. Memory
 * does not grow with the log. Mutable, for one replay by one thread.
 */
public final class AuditReplay {

  private final GroupId group;
  private final ReportSink sink;
  private final GroupRecordCodec codec;
  private final Proofs proofs = new Proofs(new Signatures());
  private final KnownHeads knownHeads;
  private final List<Finding> kept = new ArrayList<>();
  private final StagedKeys staged = new StagedKeys();
  private GroupLog log;
  private long rows;
  private long records;
  private long findingCount;

  public AuditReplay(GroupId group, ReportSink sink) {
    this(group, sink, List.of());
  }

  /**
   * Also compares heads that members or earlier audits were shown with the log.
   *
   * @param shownHeads in any order
   */
  public AuditReplay(GroupId group, ReportSink sink, Collection<Head> shownHeads) {
    this.group = group;
    this.sink = sink;
    this.codec = new GroupRecordCodec(group);
    this.knownHeads = new KnownHeads(shownHeads);
    this.log = GroupLog.empty(group);
  }

  /** Replays records in the order of the journal, each as it is stored. */
  public AuditReport run(Iterator<byte[]> stored) {
    knownHeads.reached(Head.EMPTY).forEach(this::found);
    boolean complete = true;
    while (complete && stored.hasNext()) {
      complete = take(stored.next());
    }
    if (complete) {
      judgeEnd();
    }
    var report = new AuditReport(group, log.head(), records, complete, findingCount, kept);
    sink.end(report);
    return report;
  }

  /** Whether the replay can go on. */
  private boolean take(byte[] stored) {
    try {
      return take(codec.decode(stored));
    } catch (CorruptRecord corrupt) {
      found(unreadable(corrupt));
      return false;
    }
  }

  private boolean take(StoredRecord record) {
    if (record.firstOffset() != log.group().size()) {
      found(displaced(record));
      return false;
    }
    Rows.of(record).forEach(sink::row);
    record
        .event()
        .match(new ProofAudit(proofs, log.group(), record.firstOffset()))
        .forEach(this::found);
    judgeKeys(record);
    try {
      log = log.evolve(record);
    } catch (LogMismatch mismatch) {
      found(mismatched(record, mismatch));
      return false;
    }
    sink.passed(record);
    rows++;
    records += record.event().entries() == 0 ? 0 : 1;
    knownHeads.reached(record.head()).forEach(this::found);
    return true;
  }

  /** Keys that stand in records of their own must be the ones that the epoch's entry covers. */
  private void judgeKeys(StoredRecord record) {
    if (record.event() instanceof GroupEvent.SealedKeysStaged part) {
      staged.add(part);
    } else if (record.event() instanceof GroupEvent.EpochStarted started) {
      if (staged.of(started).isEmpty()) {
        found(new Finding(
            record.firstOffset(),
            FindingCode.SEALED_KEYS_MISMATCH,
            "The keys that were staged for epoch %d are not the ones that its entry covers."
                .formatted(started.manifest().manifest().epoch())));
      }
      staged.forget();
    }
  }

  private void judgeEnd() {
    Head head = log.head();
    knownHeads.ended(head).forEach(this::found);
    if (records == 0) {
      found(new Finding(0, FindingCode.LOG_EMPTY, "There is no record."));
    } else if (!log.group().owner().isOpen() && !log.group().epoch().isOpen()) {
      found(new Finding(
          head.size(),
          FindingCode.COMMIT_UNFINISHED,
          "The log ends inside of a commit, which is one write."));
    }
  }

  private Finding unreadable(CorruptRecord corrupt) {
    boolean sealedKeys = corrupt.field().startsWith("epoch_started.sealed_keys");
    return new Finding(
        log.group().size(),
        sealedKeys ? FindingCode.SEALED_KEYS_MISMATCH : FindingCode.RECORD_CORRUPT,
        "Record %d cannot be read at %s: %s."
            .formatted(rows + 1, corrupt.field(), corrupt.problem()));
  }

  private Finding displaced(StoredRecord record) {
    long size = log.group().size();
    boolean behind = record.firstOffset() > size;
    return new Finding(
        size,
        behind ? FindingCode.RECORDS_MISSING : FindingCode.RECORDS_REPEATED,
        "Record %d starts at offset %d, but the log has %d entries."
            .formatted(rows + 1, record.firstOffset(), size));
  }

  private Finding mismatched(StoredRecord record, LogMismatch mismatch) {
    long size = log.group().size();
    return switch (mismatch.kind()) {
      case EVENT -> Diagnosis.of(log.group(), record.event());
      case EPOCH ->
        new Finding(
            size,
            FindingCode.EPOCH_MISMATCH,
            "The record says that epoch %d is current, but it is not.".formatted(record.epoch()));
      case ROOT ->
        new Finding(
            size,
            FindingCode.ROOT_MISMATCH,
            "The entries of the record do not give the Merkle root that stands beside them.");
      case OFFSET -> displaced(record);
    };
  }

  private void found(Finding finding) {
    findingCount++;
    if (kept.size() < AuditReport.FINDINGS_MAX) {
      kept.add(finding);
    }
    sink.finding(finding);
  }
}
