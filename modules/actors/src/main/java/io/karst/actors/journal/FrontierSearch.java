package io.karst.actors.journal;

import io.karst.domain.id.GroupId;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Frontier;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The Merkle frontier of a log where one of its records ends: from the nearest record before that
 * has one, and the leaves between.
 *
 * @param size of the log there
 */
record FrontierSearch(GroupJournal journal, GroupId group, long size) {

  /** Read at a time. A frontier is {@link StoredRecord#FRONTIER_EVERY} entries away at most. */
  private static final int BYTES = 256 << 10;

  /** None where the journal has none on the way: it was written before there were any. */
  CompletionStage<Optional<Frontier>> find() {
    if (size == 0) {
      return found(Frontier.EMPTY);
    }
    long from = (size - 1) / StoredRecord.FRONTIER_EVERY * StoredRecord.FRONTIER_EVERY;
    return journal.readFrom(group, from, BYTES).thenCompose(records -> {
      Optional<Frontier> start = from == 0
          ? Optional.of(Frontier.EMPTY)
          : records.stream().findFirst().flatMap(StoredRecord::frontier);
      return start.map(frontier -> grow(frontier, records)).orElseGet(FrontierSearch::none);
    });
  }

  private CompletionStage<Optional<Frontier>> grow(Frontier start, List<StoredRecord> records) {
    Frontier grown = start;
    for (StoredRecord record : records) {
      if (record.nextOffset() <= size) {
        grown = record.after(group, grown);
      }
    }
    if (grown.size() == size) {
      return found(grown);
    }
    Frontier reached = grown;
    return reached.size() == start.size()
        ? none()
        : journal.readFrom(group, reached.size(), BYTES).thenCompose(more -> grow(reached, more));
  }

  private static CompletionStage<Optional<Frontier>> found(Frontier frontier) {
    return CompletableFuture.completedFuture(Optional.of(frontier));
  }

  private static CompletionStage<Optional<Frontier>> none() {
    return CompletableFuture.completedFuture(Optional.empty());
  }
}
