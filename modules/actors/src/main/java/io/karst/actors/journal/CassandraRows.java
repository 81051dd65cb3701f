package io.karst.actors.journal;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.typesafe.config.Config;
import io.karst.domain.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reads rows of the journal's table.
 *
 * <p>Straight from the table rather than through a persistence query: a probe is then one statement
 * instead of three and a stream, and an auditor gets the bytes that are stored. The plugin keeps a
 * row in the partition of its sequence number, or in the next one when it was written together with
 * rows that belong there.
 */
final class CassandraRows implements JournalRows {

  /** Rows fetched at a time: 4 MiB if they are as large as rows get. */
  static final int PAGE_ROWS = 16;

  private final CqlSession session;
  private final Executor executor;
  private final String profile;
  private final long partitionRows;
  private final PreparedStatement selectOne;
  private final PreparedStatement selectFrom;

  /** Prepares the statements; decoding and everything after it runs on {@code executor}. */
  CassandraRows(CqlSession session, Config journalConfig, String profile, Executor executor) {
    this.session = session;
    this.executor = executor;
    this.profile = profile;
    this.partitionRows = journalConfig.getLong("target-partition-size");
    String select =
        "SELECT sequence_nr, event FROM %s.%s WHERE persistence_id = ? AND partition_nr = ? "
            .formatted(journalConfig.getString("keyspace"), journalConfig.getString("table"));
    this.selectOne = session.prepare(select + "AND sequence_nr = ? LIMIT 1");
    this.selectFrom = session.prepare(select + "AND sequence_nr >= ?");
  }

  @Override
  public CompletionStage<Optional<JournalRow>> at(String persistenceId, long sequenceNumber) {
    long partition = partitionOf(sequenceNumber);
    return one(persistenceId, partition, sequenceNumber)
        .thenCompose(found -> found.isPresent()
            ? CompletableFuture.completedFuture(found)
            : one(persistenceId, partition + 1, sequenceNumber));
  }

  @Override
  public CompletionStage<List<JournalRow>> from(
      String persistenceId, long sequenceNumber, long bytesMax) {
    return new Scan(persistenceId, bytesMax, sequenceNumber).partition(partitionOf(sequenceNumber));
  }

  private long partitionOf(long sequenceNumber) {
    return (sequenceNumber - 1) / partitionRows;
  }

  private CompletionStage<Optional<JournalRow>> one(
      String persistenceId, long partition, long sequenceNumber) {
    return execute(selectOne.bind(persistenceId, partition, sequenceNumber))
        .thenApplyAsync(
            result -> Optional.ofNullable(result.one()).map(CassandraRows::row), executor);
  }

  private CompletionStage<AsyncResultSet> execute(BoundStatement statement) {
    return session.executeAsync(statement.setExecutionProfileName(profile).setPageSize(PAGE_ROWS));
  }

  private static JournalRow row(Row row) {
    ByteBuffer event = Objects.requireNonNull(row.getByteBuffer("event"), "a row has an event");
    byte[] bytes = new byte[event.remaining()];
    event.get(bytes);
    return new JournalRow(row.getLong("sequence_nr"), Bytes.copyOf(bytes));
  }

  /** One reading of consecutive rows. Mutable; its steps follow each other. */
  private final class Scan {

    private final String persistenceId;
    private final long bytesMax;
    private final List<JournalRow> rows = new ArrayList<>();
    private long next;
    private long bytes;

    Scan(String persistenceId, long bytesMax, long next) {
      this.persistenceId = persistenceId;
      this.bytesMax = bytesMax;
      this.next = next;
    }

    CompletionStage<List<JournalRow>> partition(long partition) {
      long before = next;
      return execute(selectFrom.bind(persistenceId, partition, next))
          .thenComposeAsync(this::page, executor)
          .thenCompose(full -> {
            boolean ended = next == before && partition > partitionOf(next);
            return full || ended
                ? CompletableFuture.completedFuture(List.copyOf(rows))
                : partition(partition + 1);
          });
    }

    /** Whether enough was read. */
    private CompletionStage<Boolean> page(AsyncResultSet page) {
      for (Row raw : page.currentPage()) {
        JournalRow row = row(raw);
        if (row.sequenceNumber() != next) {
          throw new IllegalStateException("journal of %s has row %d where %d must follow"
              .formatted(persistenceId, row.sequenceNumber(), next));
        }
        if (!rows.isEmpty() && bytes + row.record().length() > bytesMax) {
          return CompletableFuture.completedFuture(true);
        }
        rows.add(row);
        bytes += row.record().length();
        next++;
      }
      return page.hasMorePages()
          ? page.fetchNextPage().thenComposeAsync(this::page, executor)
          : CompletableFuture.completedFuture(false);
    }
  }
}
