package io.karst.client.store.sqlite;

import io.karst.client.store.GroupRow;
import io.karst.client.store.GroupTable;
import io.karst.client.store.Position;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.GroupId;
import io.karst.proof.merkle.Head;
import java.util.List;
import java.util.Optional;

record GroupSql(Sql sql) implements GroupTable {

  private static final String SELECT =
      "SELECT group_id, name, standing, first_epoch, cursor_size, cursor_root, next_offset"
          + " FROM channel";

  @Override
  public Optional<GroupRow> find(GroupId group) {
    return sql.one(SELECT + " WHERE group_id = ?", GroupSql::row, group.value());
  }

  @Override
  public List<GroupRow> all() {
    return sql.all(SELECT + " ORDER BY group_id", GroupSql::row);
  }

  @Override
  public void save(GroupRow row) {
    String id = row.id().value();
    sql.update("""
        INSERT INTO channel (group_id, name, standing, first_epoch) VALUES (?, ?, ?, ?)
        ON CONFLICT (group_id) DO UPDATE SET name = excluded.name, standing = excluded.standing,
          first_epoch = excluded.first_epoch
        """, id, row.name(), row.standing().name(), row.firstEpoch());
    row.position().ifPresent(position -> save(id, position));
  }

  @Override
  public Optional<Head> head(GroupId group, long size) {
    return sql.one(
        "SELECT size, root FROM head WHERE group_id = ? AND size = ?",
        GroupSql::head,
        group.value(),
        size);
  }

  @Override
  public Optional<Head> newestHead(GroupId group) {
    return sql.one(
        "SELECT size, root FROM head WHERE group_id = ? ORDER BY size DESC LIMIT 1",
        GroupSql::head,
        group.value());
  }

  @Override
  public void addHead(GroupId group, Head head) {
    sql.update(
        "INSERT INTO head (group_id, size, root) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        group.value(),
        head.size(),
        head.root());
    sql.update("""
        DELETE FROM head WHERE group_id = ? AND size NOT IN (
          SELECT size FROM head WHERE group_id = ? ORDER BY size DESC LIMIT ?)
        """, group.value(), group.value(), (long) HEADS_MAX);
  }

  private void save(String id, Position position) {
    sql.update(
        "UPDATE channel SET cursor_size = ?, cursor_root = ?, next_offset = ? WHERE group_id = ?",
        position.cursor().size(),
        position.cursor().root(),
        position.nextOffset(),
        id);
  }

  private static Head head(Sql.Row row) {
    return new Head(row.number(1), row.bytes(2));
  }

  private static GroupRow row(Sql.Row row) {
    Optional<Position> position = row.isNull(5)
        ? Optional.empty()
        : Optional.of(new Position(cursor(row.number(5), row.bytes(6)), row.number(7)));
    return new GroupRow(
        new GroupId(row.text(1)),
        row.text(2),
        GroupRow.Standing.valueOf(row.text(3)),
        row.number(4),
        position);
  }

  private static Head cursor(long size, Bytes root) {
    return new Head(size, root);
  }
}
