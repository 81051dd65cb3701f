package io.karst.actors.journal;

import com.datastax.oss.driver.api.core.CqlSession;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.typesafe.config.Config;
import io.karst.actors.entity.PersistenceIds;
import io.karst.domain.id.GroupId;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Frontier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Reads groups' logs from the journal, without waking the groups.
 *
 * <p>An entry's offset, or an epoch, is found by searching the rows: both only grow from row to
 * row. Rows that were seen narrow the next search, so that whoever reads on page by page does not
 * search at all. Sealed keys that were staged are read with the epoch that they belong to; rows
 * that hold no entry are shown to nobody but an auditor.
 *
 * <p>Thread-safe. The stages fail with {@link JournalUnreadable} when Cassandra does not answer or
 * too many reads wait.
 */
public final class GroupJournal {

  /** Epochs in one answer. */
  public static final int EPOCHS_MAX = 100;

  /** Groups whose landmarks are kept: 10 MB at most. */
  private static final int GROUPS_MAX = 2000;

  private static final Duration UNUSED_MAX = Duration.ofMinutes(10);

  private final WholeEpochs whole = new WholeEpochs();

  private final JournalRows rows;
  private final ReadQueue queue;
  private final LoadingCache<GroupId, Landmarks> landmarks = Caffeine.newBuilder()
      .maximumSize(GROUPS_MAX)
      .expireAfterAccess(UNUSED_MAX)
      .executor(Runnable::run)
      .build(group -> new Landmarks());

  GroupJournal(JournalRows rows, ReadQueue queue) {
    this.rows = rows;
    this.queue = queue;
  }

  /**
   * Reads with the session and the settings of the journal's plugin, and
   * {@code karst.actors.reading}.
   */
  public static GroupJournal open(ActorSystem<?> system, CqlSession session) {
    Config config = system.settings().config();
    Config reading = config.getConfig("karst.actors.reading");
    Config plugin = config.getConfig("pekko.persistence.cassandra");
    var rows = new CassandraRows(
        session,
        plugin.getConfig("journal"),
        plugin.getString("read-profile"),
        system.executionContext());
    return of(rows, reading.getInt("parallelism"), reading.getInt("queue-max"));
  }

  /** Reads so many rows at the same time, and lets so many reads wait. */
  public static GroupJournal of(JournalRows rows, int parallelism, int queueMax) {
    return new GroupJournal(rows, new ReadQueue(parallelism, queueMax));
  }

  /**
   * The records from the one that holds {@code offset} on, in order, until they have
   * {@code bytesMax} stored bytes or the log ends; one at least, if the log is that long.
   */
  public CompletionStage<List<StoredRecord>> readFrom(GroupId group, long offset, int bytesMax) {
    LogSearch search = search(group);
    return queue.submit(() -> search
        .last(Landmark::firstOffset, offset)
        .thenCompose(holder -> holder.isEmpty()
            ? CompletableFuture.completedFuture(List.of())
            : read(search, startOf(holder.get(), offset), bytesMax)));
  }

  /** The record that ends where the log had {@code size} entries; none if no record ends there. */
  public CompletionStage<Optional<StoredRecord>> endingAt(GroupId group, long size) {
    LogSearch search = search(group);
    return queue.submit(() -> search
        .last(Landmark::firstOffset, size - 1)
        .thenApply(holder -> holder.filter(found -> found.nextOffset() == size))
        .thenCompose(found -> found.isEmpty()
            ? CompletableFuture.completedFuture(Optional.empty())
            : search.record(found.get().sequenceNumber())));
  }

  /**
   * The Merkle frontier of the log's first {@code size} entries; none where no record ends there,
   * and where the journal was written before its records had frontiers.
   */
  public CompletionStage<Optional<Frontier>> frontier(GroupId group, long size) {
    return new FrontierSearch(this, group, size).find();
  }

  /**
   * The records that started these epochs, both included, ascending; fewer if the log has fewer,
   * and {@value #EPOCHS_MAX} at most.
   */
  public CompletionStage<List<StoredRecord>> epochs(GroupId group, long from, long to) {
    long last = Math.min(to, from + EPOCHS_MAX - 1);
    LogSearch search = search(group);
    return queue.submit(() -> epochs(search, from, last, new ArrayList<>()));
  }

  /**
   * The rows after a number (0 = from the first) as they are stored, until they have
   * {@code bytesMax} bytes.
   */
  public CompletionStage<List<JournalRow>> replay(
      GroupId group, long afterSequenceNumber, int bytesMax) {
    return queue.submit(
        () -> rows.from(PersistenceIds.of(group).id(), afterSequenceNumber + 1, bytesMax));
  }

  /** Whoever read up to {@code offset} goes on with the row after. */
  private static long startOf(Landmark holder, long offset) {
    return holder.nextOffset() <= offset ? holder.sequenceNumber() + 1 : holder.sequenceNumber();
  }

  /** Goes on over rows without entries, so that an empty answer is the end of the log. */
  private CompletionStage<List<StoredRecord>> read(
      LogSearch search, long sequenceNumber, int bytesMax) {
    return rows.from(search.persistenceId(), sequenceNumber, bytesMax).thenCompose(found -> {
      List<StoredRecord> records = found.stream()
          .map(search::decode)
          .filter(record -> record.event().entries() > 0)
          .toList();
      return records.isEmpty() && !found.isEmpty()
          ? read(search, sequenceNumber + found.size(), bytesMax)
          : whole.all(search, records);
    });
  }

  private CompletionStage<List<StoredRecord>> epochs(
      LogSearch search, long epoch, long last, List<StoredRecord> found) {
    if (epoch > last) {
      return CompletableFuture.completedFuture(List.copyOf(found));
    }
    return search
        .last(Landmark::epoch, epoch - 1)
        .thenCompose(
            before -> search.record(before.map(Landmark::sequenceNumber).orElse(0L) + 1))
        .thenCompose(started -> {
          if (started.isEmpty()) {
            return CompletableFuture.completedFuture(List.copyOf(found));
          }
          return whole.one(search, started.get()).thenCompose(record -> {
            found.add(record);
            return epochs(search, epoch + 1, last, found);
          });
        });
  }

  private LogSearch search(GroupId group) {
    return new LogSearch(
        rows, PersistenceIds.of(group).id(), new GroupRecordCodec(group), landmarks.get(group));
  }
}
