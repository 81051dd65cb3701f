package io.karst.client.store.sqlite;

import io.karst.client.store.OutboxRow;
import io.karst.client.store.OutboxTable;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.GroupId;
import java.util.List;

record OutboxSql(Sql sql) implements OutboxTable {

  @Override
  public int waiting(GroupId group) {
    return sql.one(
            "SELECT COUNT(*) FROM outbox WHERE group_id = ?",
            row -> (int) row.number(1),
            group.value())
        .orElse(0);
  }

  @Override
  public List<OutboxRow> first(GroupId group, int limit) {
    return sql.all(
        "SELECT position, envelope, content FROM outbox WHERE group_id = ?"
            + " ORDER BY position LIMIT ?",
        row -> new OutboxRow(row.number(1), StoredForm.envelope(row.bytes(2)), row.bytes(3)),
        group.value(),
        (long) limit);
  }

  @Override
  public void add(GroupId group, Envelope envelope, Bytes content) {
    sql.update(
        "INSERT INTO outbox (group_id, envelope, content) VALUES (?, ?, ?)",
        group.value(),
        StoredForm.envelope(envelope),
        content);
  }

  @Override
  public void replace(GroupId group, OutboxRow row) {
    sql.update(
        "UPDATE outbox SET envelope = ? WHERE group_id = ? AND position = ?",
        StoredForm.envelope(row.envelope()),
        group.value(),
        row.position());
  }

  @Override
  public void remove(GroupId group, long position) {
    sql.update("DELETE FROM outbox WHERE group_id = ? AND position = ?", group.value(), position);
  }

  @Override
  public void clear(GroupId group) {
    sql.update("DELETE FROM outbox WHERE group_id = ?", group.value());
  }
}
