package io.karst.client.store.sqlite;

import io.karst.client.store.owner.OwnerRow;
import io.karst.client.store.owner.OwnerTable;
import io.karst.domain.bytes.Bytes;
import java.util.Optional;

record OwnerSql(Sql sql) implements OwnerTable {

  @Override
  public int waiting() {
    return sql.one("SELECT COUNT(*) FROM owner_outbox", row -> (int) row.number(1))
        .orElse(0);
  }

  @Override
  public Optional<OwnerRow> first() {
    return sql.one(
        "SELECT position, client_id, content, message FROM owner_outbox"
            + " ORDER BY position LIMIT 1",
        row -> new OwnerRow(
            row.number(1),
            row.bytes(2),
            row.bytes(3),
            row.isNull(4) ? Optional.empty() : Optional.of(row.bytes(4))));
  }

  @Override
  public void add(Bytes clientId, Bytes content) {
    sql.update("INSERT INTO owner_outbox (client_id, content) VALUES (?, ?)", clientId, content);
  }

  @Override
  public void save(OwnerRow row) {
    sql.update(
        "UPDATE owner_outbox SET message = ? WHERE position = ?",
        row.message().orElse(null),
        row.position());
  }

  @Override
  public void remove(long position) {
    sql.update("DELETE FROM owner_outbox WHERE position = ?", position);
  }

  @Override
  public Optional<Bytes> heard(long offset) {
    return sql.one("SELECT content FROM owner_heard WHERE offset = ?", row -> row.bytes(1), offset);
  }

  @Override
  public void hear(long offset, Bytes content) {
    sql.update("INSERT INTO owner_heard (offset, content) VALUES (?, ?)", offset, content);
  }

  @Override
  public void forgetHeardBefore(long offset) {
    sql.update("DELETE FROM owner_heard WHERE offset < ?", offset);
  }
}
