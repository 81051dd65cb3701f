package io.karst.edge.access;

import io.karst.actors.group.GroupView;
import io.karst.actors.journal.GroupJournal;
import io.karst.domain.access.AccessFacts;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.refusal.Reason;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.status.RefusedException;
import io.karst.journal.log.StoredRecord;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds what stands at offsets of logs. Thread-safe. */
public final class LogPlaces {

  private final GroupJournal journal;
  private final EpochRecords epochs;

  public LogPlaces(GroupJournal journal, EpochRecords epochs) {
    this.journal = journal;
    this.epochs = epochs;
  }

  /** The place in the log of a group that was seen just now. */
  CompletionStage<LogPlace> at(GroupView view, long offset) {
    if (offset >= view.head().size()) {
      return CompletableFuture.completedStage(new LogPlace.Empty(AccessFacts.Place.UNWRITTEN));
    }
    return journal
        .readFrom(view.group(), offset, 1)
        .thenApply(records -> records.stream()
            .findFirst()
            .orElseThrow(() -> new RefusedException(Reason.UNAVAILABLE)))
        .thenCompose(record -> in(view, record, offset));
  }

  private CompletionStage<LogPlace> in(GroupView view, StoredRecord record, long offset) {
    if (record.event() instanceof GroupEvent.EnvelopesAppended appended) {
      Envelope envelope = appended.envelopes().get(Math.toIntExact(offset - record.firstOffset()));
      return epochs
          .start(view.group(), envelope.epoch())
          .thenApply(start -> new LogPlace.Said(view, envelope, record.at(), start));
    }
    if (record.event() instanceof GroupEvent.OwnerMessageSent sent) {
      return CompletableFuture.completedStage(
          new LogPlace.Shared(sent.message(), record.at(), offset));
    }
    return CompletableFuture.completedStage(new LogPlace.Empty(AccessFacts.Place.CONTROL));
  }
}
