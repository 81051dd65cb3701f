package io.karst.client.store.sqlite;

import io.karst.client.store.gap.Gap;
import io.karst.client.store.gap.GapTable;
import io.karst.client.store.gap.IndexRange;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.Map;
import java.util.Optional;

record GapSql(Sql sql) implements GapTable {

  @Override
  public void add(Gap gap) {
    sql.update(
        """
        INSERT INTO gap (group_id, epoch, member, device, session_id, from_index, to_index)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        gap.group().value(),
        gap.epoch(),
        gap.sender().member().value(),
        gap.sender().device().value(),
        gap.sessionId(),
        gap.range().from(),
        gap.range().to());
  }

  @Override
  public Optional<Gap> first(GroupId group) {
    return sql.one(
        "SELECT epoch, member, device, session_id, from_index, to_index FROM gap"
            + " WHERE group_id = ? ORDER BY id LIMIT 1",
        row -> new Gap(
            group,
            row.number(1),
            DeviceAddress.of(row.text(2), row.text(3)),
            row.bytes(4),
            new IndexRange(row.number(5), row.number(6))),
        group.value());
  }

  @Override
  public int count(GroupId group) {
    return sql.one(
            "SELECT count(*) FROM gap WHERE group_id = ?",
            row -> Math.toIntExact(row.number(1)),
            group.value())
        .orElse(0);
  }

  @Override
  public Optional<Long> firstEpoch(GroupId group) {
    return sql.one(
        "SELECT epoch FROM gap WHERE group_id = ? ORDER BY epoch LIMIT 1",
        row -> row.number(1),
        group.value());
  }

  @Override
  public void remove(Gap gap) {
    sql.update(
        "DELETE FROM gap WHERE group_id = ? AND epoch = ? AND session_id = ?"
            + " AND from_index = ? AND to_index = ?",
        gap.group().value(),
        gap.epoch(),
        gap.sessionId(),
        gap.range().from(),
        gap.range().to());
  }

  @Override
  public void hide(GroupId group, Map<Long, Bytes> leaves) {
    leaves.forEach((offset, leaf) -> sql.update(
        "INSERT INTO hidden_leaf (group_id, place, leaf) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        group.value(),
        offset,
        leaf));
    if (!leaves.isEmpty()) {
      sql.update("""
          DELETE FROM hidden_leaf WHERE group_id = ? AND place NOT IN (
            SELECT place FROM hidden_leaf WHERE group_id = ? ORDER BY place DESC LIMIT ?)
          """, group.value(), group.value(), (long) HIDDEN_MAX);
    }
  }

  @Override
  public Optional<Long> firstHidden(GroupId group) {
    return sql.one(
        "SELECT place FROM hidden_leaf WHERE group_id = ? ORDER BY place LIMIT 1",
        row -> row.number(1),
        group.value());
  }

  @Override
  public Optional<Bytes> hidden(GroupId group, long offset) {
    return sql.one(
        "SELECT leaf FROM hidden_leaf WHERE group_id = ? AND place = ?",
        row -> row.bytes(1),
        group.value(),
        offset);
  }

  @Override
  public void reveal(GroupId group, long offset) {
    sql.update("DELETE FROM hidden_leaf WHERE group_id = ? AND place = ?", group.value(), offset);
  }
}
