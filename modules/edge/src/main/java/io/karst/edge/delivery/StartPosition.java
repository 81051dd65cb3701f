package io.karst.edge.delivery;

import io.karst.actors.group.GroupView;
import io.karst.actors.journal.GroupJournal;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.message.Fields;
import io.karst.edge.message.GroupMapping;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.SubscribeGroup;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A place between two entries of a log.
 *
 * @param offset of the entry after it
 * @param head the log's head there, if the reader gave it; else the empty one
 * @param epoch the epoch that is current there; 0 before the first
 * @param at when the entry before it was accepted
 */
record StartPosition(long offset, Head head, long epoch, Instant at) {

  private static final StartPosition BEGINNING = new StartPosition(0, Head.EMPTY, 0, Instant.EPOCH);

  /** Finds where a subscription is to begin; refuses what this log never was. */
  static CompletionStage<StartPosition> of(
      SubscribeGroup request, GroupView view, GroupJournal journal, EpochRecords epochs) {
    return switch (request.getStartCase()) {
      case BEGINNING -> beginning(request);
      case CURSOR -> cursor(request, view, journal);
      case EPOCH -> epoch(request, view, epochs);
      case START_NOT_SET ->
        throw Refusal.ofField(Reason.FIELD_MISSING, "group.start").toException();
    };
  }

  private static CompletionStage<StartPosition> beginning(SubscribeGroup request) {
    if (!request.getBeginning()) {
      throw Refusal.ofField(Reason.FIELD_INVALID, "group.beginning").toException();
    }
    return CompletableFuture.completedStage(BEGINNING);
  }

  private static CompletionStage<StartPosition> epoch(
      SubscribeGroup request, GroupView view, EpochRecords epochs) {
    long epoch = Fields.atLeast(1, "group.epoch", request.getEpoch());
    if (epoch > view.epoch()) {
      throw new RefusedException(Reason.EPOCH_UNKNOWN);
    }
    return epochs
        .start(view.group(), epoch)
        .thenApply(start -> new StartPosition(start.offset(), Head.EMPTY, epoch - 1, start.at()));
  }

  private static CompletionStage<StartPosition> cursor(
      SubscribeGroup request, GroupView view, GroupJournal journal) {
    Fields.present("group.cursor.head", request.getCursor().hasHead());
    Head head = GroupMapping.head(request.getCursor().getHead());
    if (head.size() > view.head().size()) {
      throw new RefusedException(Reason.CURSOR_AHEAD);
    }
    if (head.equals(view.head())) {
      return CompletableFuture.completedStage(
          new StartPosition(head.size(), head, view.epoch(), Instant.MAX));
    }
    if (head.equals(Head.EMPTY)) {
      return CompletableFuture.completedStage(BEGINNING);
    }
    return ending(view.group(), head, journal)
        .thenApply(record -> record
            .filter(found -> found.head().equals(head))
            .map(found -> new StartPosition(head.size(), head, found.epoch(), found.at()))
            .orElseThrow(() -> new RefusedException(Reason.CURSOR_UNKNOWN)));
  }

  private static CompletionStage<Optional<StoredRecord>> ending(
      GroupId group, Head head, GroupJournal journal) {
    return head.size() == 0
        ? CompletableFuture.completedStage(Optional.empty())
        : journal.endingAt(group, head.size());
  }
}
