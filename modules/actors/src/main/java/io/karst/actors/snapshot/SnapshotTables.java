package io.karst.actors.snapshot;

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
import java.util.function.Function;

/** The two tables of snapshots: the rows that make them count, and their parts. Thread-safe. */
final class SnapshotTables {

  /** Parts fetched at a time: 1 MiB. */
  private static final int PAGE_PARTS = 4;

  private final CqlSession session;
  private final String readProfile;
  private final String writeProfile;
  private final PreparedStatement insertRow;
  private final PreparedStatement insertPart;
  private final PreparedStatement selectRows;
  private final PreparedStatement selectParts;
  private final PreparedStatement deleteRows;
  private final PreparedStatement deleteParts;

  /** Waits for Cassandra to prepare the statements. */
  SnapshotTables(CqlSession session, Config config) {
    String keyspace = config.getString("keyspace");
    String rows = keyspace + "." + config.getString("table");
    String parts = keyspace + "." + config.getString("parts-table");
    String range = " WHERE persistence_id = ? AND sequence_nr >= ? AND sequence_nr <= ?";
    this.session = session;
    this.readProfile = config.getString("read-profile");
    this.writeProfile = config.getString("write-profile");
    this.insertRow =
        session.prepare("INSERT INTO %s (persistence_id, %s) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            .formatted(rows, SnapshotRow.COLUMNS));
    this.insertPart = session.prepare("INSERT INTO " + parts
        + " (persistence_id, sequence_nr, timestamp, part, bytes)" + " VALUES (?, ?, ?, ?, ?)");
    this.selectRows =
        session.prepare("SELECT " + SnapshotRow.COLUMNS + " FROM " + rows + range + " LIMIT ?");
    this.selectParts = session.prepare("SELECT bytes FROM " + parts
        + " WHERE persistence_id = ? AND sequence_nr = ? AND timestamp = ?");
    this.deleteRows = session.prepare("DELETE FROM " + rows + range);
    this.deleteParts = session.prepare("DELETE FROM " + parts + range);
  }

  CompletionStage<?> insert(String persistenceId, SnapshotRow row) {
    BoundStatement insert = insertRow
        .bind()
        .setString(0, persistenceId)
        .setLong(1, row.sequenceNumber())
        .setLong(2, row.timestamp())
        .setInt(3, row.serializer())
        .setString(4, row.manifest());
    return write(row.parts()
        .map(parts -> insert.setInt(6, parts.count()).setByteBuffer(7, buffer(parts.hash())))
        .orElseGet(() -> insert.setByteBuffer(5, buffer(row.data()))));
  }

  /** One after the other: a large snapshot must not crowd out what groups write meanwhile. */
  CompletionStage<?> insertParts(String persistenceId, SnapshotRow row, List<ByteBuffer> parts) {
    CompletionStage<?> written = CompletableFuture.completedFuture(row);
    for (int i = 0; i < parts.size(); i++) {
      BoundStatement insert =
          insertPart.bind(persistenceId, row.sequenceNumber(), row.timestamp(), i, parts.get(i));
      written = written.thenCompose(before -> write(insert));
    }
    return written;
  }

  /**
   * The first result that {@code use} has, of the rows in a range of numbers, the newest first.
   *
   * @param rowsMax how many rows are tried
   */
  <T> CompletionStage<Optional<T>> first(
      String persistenceId,
      Range range,
      int rowsMax,
      Function<SnapshotRow, CompletionStage<Optional<T>>> use) {
    BoundStatement select =
        selectRows.bind(persistenceId, range.first(), range.last(), rowsMax).setPageSize(1);
    return read(select).thenCompose(page -> first(page, use));
  }

  private static <T> CompletionStage<Optional<T>> first(
      AsyncResultSet page, Function<SnapshotRow, CompletionStage<Optional<T>>> use) {
    Row row = page.one();
    if (row != null) {
      return use.apply(SnapshotRow.read(row))
          .thenCompose(used ->
              used.isPresent() ? CompletableFuture.completedFuture(used) : first(page, use));
    }
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> first(next, use))
        : CompletableFuture.completedFuture(Optional.empty());
  }

  /** All parts that there are of a snapshot, in order. */
  CompletionStage<List<ByteBuffer>> parts(String persistenceId, SnapshotRow row) {
    BoundStatement select = selectParts
        .bind(persistenceId, row.sequenceNumber(), row.timestamp())
        .setPageSize(PAGE_PARTS);
    return read(select).thenCompose(page -> collect(page, new ArrayList<>()));
  }

  private static CompletionStage<List<ByteBuffer>> collect(
      AsyncResultSet page, List<ByteBuffer> parts) {
    for (Row row : page.currentPage()) {
      parts.add(Objects.requireNonNull(row.getByteBuffer("bytes"), "a part has bytes"));
    }
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> collect(next, parts))
        : CompletableFuture.completedFuture(List.copyOf(parts));
  }

  /**
   * Forgets the snapshots of a range of numbers, and all parts up to its end: those of snapshots
   * that were never finished too.
   */
  CompletionStage<?> delete(String persistenceId, Range range) {
    return write(deleteRows.bind(persistenceId, range.first(), range.last()))
        .thenCompose(done -> write(deleteParts.bind(persistenceId, 0L, range.last())));
  }

  private CompletionStage<AsyncResultSet> write(BoundStatement statement) {
    return session.executeAsync(statement.setExecutionProfileName(writeProfile));
  }

  private CompletionStage<AsyncResultSet> read(BoundStatement statement) {
    return session.executeAsync(statement.setExecutionProfileName(readProfile));
  }

  private static ByteBuffer buffer(Bytes bytes) {
    return ByteBuffer.wrap(bytes.toArray());
  }

  /** Sequence numbers, both ends included. */
  record Range(long first, long last) {}
}
