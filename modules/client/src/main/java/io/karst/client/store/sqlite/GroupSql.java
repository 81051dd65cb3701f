package io.karst.client.store.sqlite;

import io.karst.client.store.GroupRow;
import io.karst.client.store.GroupTable;
import io.karst.client.store.Position;
import io.karst.domain.id.GroupId;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

record GroupSql(Sql sql) implements GroupTable {

  private static final String SELECT =
      "SELECT group_id, name, standing, first_epoch, next_offset, tree, cursor_size, cursor_root"
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
    Position position = row.position();
    sql.update(
        """
        INSERT INTO channel (group_id, name, standing, first_epoch, next_offset, tree,
          cursor_size, cursor_root)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (group_id) DO UPDATE SET name = excluded.name, standing = excluded.standing,
          first_epoch = excluded.first_epoch, next_offset = excluded.next_offset,
          tree = excluded.tree, cursor_size = excluded.cursor_size,
          cursor_root = excluded.cursor_root
        """,
        row.id().value(),
        row.name(),
        row.standing().name(),
        row.firstEpoch(),
        position.nextOffset(),
        position.tree().map(StoredForm::tree).orElse(null),
        position.cursor().map(Head::size).orElse(null),
        position.cursor().map(Head::root).orElse(null));
  }

  @Override
  public boolean keepsKeys(GroupId group) {
    return sql.one(
            "SELECT keeps FROM keeping WHERE group_id = ?", row -> row.flag(1), group.value())
        .orElse(true);
  }

  @Override
  public void saveKeepsKeys(GroupId group, boolean keeps) {
    sql.update(
        "INSERT INTO keeping (group_id, keeps) VALUES (?, ?)"
            + " ON CONFLICT (group_id) DO UPDATE SET keeps = excluded.keeps",
        group.value(),
        keeps);
  }

  @Override
  public Optional<Instant> rotationDue(GroupId group) {
    return sql.one(
        "SELECT deadline FROM due WHERE group_id = ?",
        row -> Instant.ofEpochMilli(row.number(1)),
        group.value());
  }

  @Override
  public void addRotationDue(GroupId group, Instant deadline) {
    sql.update(
        "INSERT INTO due (group_id, deadline) VALUES (?, ?) ON CONFLICT (group_id)"
            + " DO UPDATE SET deadline = max(deadline, excluded.deadline)",
        group.value(),
        deadline.toEpochMilli());
  }

  @Override
  public void forgetRotationDue(GroupId group) {
    sql.update("DELETE FROM due WHERE group_id = ?", group.value());
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
  public void addHeads(GroupId group, Collection<Head> heads) {
    for (Head head : heads) {
      sql.update(
          "INSERT INTO head (group_id, size, root) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          group.value(),
          head.size(),
          head.root());
    }
    sql.update("""
        DELETE FROM head WHERE group_id = ? AND size NOT IN (
          SELECT size FROM head WHERE group_id = ? ORDER BY size DESC LIMIT ?)
        """, group.value(), group.value(), (long) HEADS_MAX);
  }

  private static Head head(Sql.Row row) {
    return new Head(row.number(1), row.bytes(2));
  }

  private static GroupRow row(Sql.Row row) {
    return new GroupRow(
        new GroupId(row.text(1)),
        row.text(2),
        GroupRow.Standing.valueOf(row.text(3)),
        row.number(4),
        position(row));
  }

  private static Position position(Sql.Row row) {
    long nextOffset = row.number(5);
    Optional<Frontier> tree =
        row.isNull(6) ? Optional.empty() : Optional.of(StoredForm.tree(nextOffset, row.bytes(6)));
    Optional<Head> cursor =
        row.isNull(7) ? Optional.empty() : Optional.of(new Head(row.number(7), row.bytes(8)));
    return new Position(cursor, nextOffset, tree);
  }
}
