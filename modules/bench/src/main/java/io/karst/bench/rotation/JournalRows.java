package io.karst.bench.rotation;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.raw.ScratchKeyspace;
import io.karst.bench.server.Target;
import io.karst.domain.id.GroupId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Looks at the rows that a group has in the server's journal. */
final class JournalRows implements AutoCloseable {

  /** Rows of one partition of the journal. */
  private static final long PARTITION_ROWS = 2000;

  private final CqlSession session;

  private JournalRows(CqlSession session) {
    this.session = session;
  }

  static JournalRows open(Target target) throws LoadFailure {
    return new JournalRows(ScratchKeyspace.connect(target));
  }

  /** Number of the newest row. */
  long last(GroupId group) {
    List<Row> all = after(group, 0);
    return all.isEmpty() ? 0 : all.get(all.size() - 1).getLong("sequence_nr");
  }

  /** Bytes of the events after a row. */
  long bytesAfter(GroupId group, long row) {
    return after(group, row).stream().mapToLong(JournalRows::bytes).sum();
  }

  /** Bytes of the largest of these. */
  long largestAfter(GroupId group, long row) {
    return after(group, row).stream().mapToLong(JournalRows::bytes).max().orElse(0);
  }

  @Override
  public void close() {
    session.close();
  }

  private List<Row> after(GroupId group, long row) {
    var rows = new ArrayList<Row>();
    boolean more = true;
    for (long partition = row / PARTITION_ROWS; more; partition++) {
      List<Row> found = session
          .execute(
              "SELECT sequence_nr, event FROM karst.messages"
                  + " WHERE persistence_id = ? AND partition_nr = ? AND sequence_nr > ?",
              "group|" + group.value(),
              partition,
              row)
          .all();
      rows.addAll(found);
      more = !found.isEmpty();
    }
    return rows;
  }

  private static long bytes(Row row) {
    ByteBuffer event = Objects.requireNonNull(row.getByteBuffer("event"), "a row has an event");
    return event.remaining();
  }
}
