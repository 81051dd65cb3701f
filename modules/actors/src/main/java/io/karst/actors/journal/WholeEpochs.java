package io.karst.actors.journal;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SealedKeys;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.journal.log.StagedKeys;
import io.karst.journal.log.StoredRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Puts the sealed keys of large epochs, which were staged in rows before, back into the records
 * that start them.
 *
 * <p>After a rotation every device of a group asks for the same record: those asked for last are
 * kept. Thread-safe.
 */
final class WholeEpochs {

  /** Sealed keys that are kept, some 600 bytes each: 30 MB at most. */
  private static final long KEYS_MAX = 50_000;

  /** Read at a time: the keys of one epoch, and what came in while they were written. */
  private static final int PAGE_BYTES = 1 << 20;

  private final AsyncCache<Key, StoredRecord> kept = Caffeine.newBuilder()
      .maximumWeight(KEYS_MAX)
      .weigher((Key key, StoredRecord record) -> weight(record))
      .executor(Runnable::run)
      .buildAsync();

  /** Where a record stands. */
  private record Key(String persistenceId, long offset) {}

  /** The records, in the same order. */
  CompletionStage<List<StoredRecord>> all(LogSearch search, List<StoredRecord> records) {
    List<CompletableFuture<StoredRecord>> whole = records.stream()
        .map(record -> one(search, record).toCompletableFuture())
        .toList();
    return CompletableFuture.allOf(whole.toArray(CompletableFuture[]::new))
        .thenApply(done -> whole.stream().map(CompletableFuture::join).toList());
  }

  /** One record, as it is when it lacks nothing. */
  CompletionStage<StoredRecord> one(LogSearch search, StoredRecord record) {
    if (record.event() instanceof EpochStarted started
        && started.keys() instanceof SealedKeys.Staged staged) {
      var key = new Key(search.persistenceId(), record.firstOffset());
      return kept.get(
          key,
          (same, executor) ->
              new Assembly(search, record, started).from(staged.from()).toCompletableFuture());
    }
    return CompletableFuture.completedStage(record);
  }

  private static int weight(StoredRecord record) {
    return record.event() instanceof EpochStarted started
        ? 1 + started.sealedKeys().size()
        : 1;
  }

  /** Reads the rows between the first part and the epoch's start. Its steps follow each other. */
  private record Assembly(
      LogSearch search, StoredRecord record, EpochStarted started, StagedKeys run) {

    Assembly(LogSearch search, StoredRecord record, EpochStarted started) {
      this(search, record, started, new StagedKeys());
    }

    CompletionStage<StoredRecord> from(long size) {
      return search
          .last(Landmark::firstOffset, size - 1)
          .thenCompose(before -> page(before.map(Landmark::sequenceNumber).orElse(0L) + 1));
    }

    private CompletionStage<StoredRecord> page(long sequenceNumber) {
      return search.from(sequenceNumber, PAGE_BYTES).thenCompose(rows -> {
        for (StoredRecord row : rows) {
          if (row.event() instanceof GroupEvent.SealedKeysStaged part) {
            run.add(part);
          } else if (row.equals(record)) {
            return CompletableFuture.completedStage(whole());
          }
        }
        if (rows.isEmpty()) {
          throw new IllegalStateException("an epoch's start is not where it was read");
        }
        return page(sequenceNumber + rows.size());
      });
    }

    private StoredRecord whole() {
      Optional<List<SealedKey>> keys = run.of(started);
      return record.with(new EpochStarted(
          started.manifest(),
          keys.orElseThrow(() ->
              new IllegalStateException("sealed keys at offset %d are not those that were committed"
                  .formatted(record.firstOffset()))),
          started.at()));
    }
  }
}
