package io.karst.actors.journal;

import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.StoredRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;

/**
 * Searches the rows of one group for the last one whose offset, or epoch, is not above a bound.
 *
 * <p>Rows are probed by bisection; where nothing is known of the end of the log, by strides that
 * double.
 */
record LogSearch(
    JournalRows rows, String persistenceId, GroupRecordCodec codec, Landmarks landmarks) {

  /** Nothing is known of how far to search. */
  private static final long UNBOUNDED = Long.MAX_VALUE;

  /** What grows from row to row, and how far it may have grown. */
  private record Target(ToLongFunction<Landmark> key, long bound) {
    boolean admits(Landmark landmark) {
      return key.applyAsLong(landmark) <= bound;
    }
  }

  /** The last row whose {@code key} is at most {@code bound}, if any is. */
  CompletionStage<Optional<Landmark>> last(ToLongFunction<Landmark> key, long bound) {
    var target = new Target(key, bound);
    long high = landmarks.above(key, bound).map(Landmark::sequenceNumber).orElse(UNBOUNDED);
    return narrow(target, landmarks.floor(key, bound), high, 1);
  }

  /** The rows from this number on, in order, until they have so many bytes. */
  CompletionStage<List<StoredRecord>> from(long sequenceNumber, long bytesMax) {
    return rows.from(persistenceId, sequenceNumber, bytesMax)
        .thenApply(found -> found.stream().map(this::decode).toList());
  }

  /** The row with this number, if it is there yet. */
  CompletionStage<Optional<StoredRecord>> record(long sequenceNumber) {
    return rows.at(persistenceId, sequenceNumber).thenApply(found -> found.map(this::decode));
  }

  StoredRecord decode(JournalRow row) {
    StoredRecord record = codec.decode(row.record().toArray());
    landmarks.add(new Landmark(
        row.sequenceNumber(), record.firstOffset(), record.nextOffset(), record.epoch()));
    return record;
  }

  /**
   * Invariant: the row {@code low} is admitted (none is before the first), the row {@code high} is
   * not, or is not there.
   */
  private CompletionStage<Optional<Landmark>> narrow(
      Target target, Optional<Landmark> low, long high, long stride) {
    long after = low.map(Landmark::sequenceNumber).orElse(0L);
    if (high - after <= 1) {
      return CompletableFuture.completedFuture(low);
    }
    boolean bounded = high != UNBOUNDED;
    long probe = bounded ? after + (high - after) / 2 : after + stride;
    return rows.at(persistenceId, probe)
        .thenApply(found -> found.map(this::landmark).filter(target::admits))
        .thenCompose(admitted -> admitted.isPresent()
            ? narrow(target, admitted, high, stride * 2)
            : narrow(target, low, probe, stride));
  }

  private Landmark landmark(JournalRow row) {
    StoredRecord record = decode(row);
    return new Landmark(
        row.sequenceNumber(), record.firstOffset(), record.nextOffset(), record.epoch());
  }
}
