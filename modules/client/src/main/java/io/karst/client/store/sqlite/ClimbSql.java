package io.karst.client.store.sqlite;

import io.karst.client.recovery.Climb;
import io.karst.client.recovery.ClimbTable;
import io.karst.client.recovery.Rung;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.time.Instant;
import java.util.List;

record ClimbSql(Sql sql) implements ClimbTable {

  @Override
  public List<GroupId> groups() {
    return sql.all(
        "SELECT DISTINCT group_id FROM climb ORDER BY group_id", row -> new GroupId(row.text(1)));
  }

  @Override
  public List<Climb> of(GroupId group) {
    return sql.all("""
        SELECT first_epoch, last_epoch, entitled, rung, tries, rounds, proofs, answered, due
        FROM climb WHERE group_id = ? ORDER BY position
        """, row -> climb(group, row), group.value());
  }

  private Climb climb(GroupId group, Sql.Row row) {
    EpochRange epochs = new EpochRange(row.number(1), row.number(2));
    return new Climb(
        group,
        epochs,
        row.flag(3),
        Rung.valueOf(row.text(4)),
        (int) row.number(5),
        (int) row.number(6),
        (int) row.number(7),
        row.flag(8),
        asked(group, epochs),
        Instant.ofEpochMilli(row.number(9)));
  }

  private List<DeviceAddress> asked(GroupId group, EpochRange epochs) {
    return sql.all(
        "SELECT member, device FROM climb_asked"
            + " WHERE group_id = ? AND first_epoch = ? AND last_epoch = ? ORDER BY position",
        row -> DeviceAddress.of(row.text(1), row.text(2)),
        group.value(),
        epochs.from(),
        epochs.to());
  }

  @Override
  public void replace(GroupId group, List<Climb> climbs) {
    sql.update("DELETE FROM climb WHERE group_id = ?", group.value());
    sql.update("DELETE FROM climb_asked WHERE group_id = ?", group.value());
    for (int i = 0; i < climbs.size(); i++) {
      add(climbs.get(i), i);
    }
  }

  private void add(Climb climb, long position) {
    sql.update(
        """
        INSERT INTO climb (group_id, first_epoch, last_epoch, position, entitled, rung, tries,
          rounds, proofs, answered, due)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        climb.group().value(),
        climb.epochs().from(),
        climb.epochs().to(),
        position,
        climb.entitled(),
        climb.rung().name(),
        (long) climb.tries(),
        (long) climb.rounds(),
        (long) climb.proofs(),
        climb.answered(),
        climb.due().toEpochMilli());
    for (int i = 0; i < climb.asked().size(); i++) {
      addAsked(climb, i, climb.asked().get(i));
    }
  }

  private void addAsked(Climb climb, long position, DeviceAddress device) {
    sql.update(
        """
        INSERT INTO climb_asked (group_id, first_epoch, last_epoch, position, member, device)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        climb.group().value(),
        climb.epochs().from(),
        climb.epochs().to(),
        position,
        device.member().value(),
        device.device().value());
  }

  @Override
  public int spentSince(String what, Instant since) {
    return sql.one(
            "SELECT COUNT(*) FROM spent WHERE what = ? AND at >= ?",
            row -> (int) row.number(1),
            what,
            since.toEpochMilli())
        .orElse(0);
  }

  @Override
  public void spend(String what, Instant at, Instant since) {
    sql.update("DELETE FROM spent WHERE at < ?", since.toEpochMilli());
    sql.update("INSERT INTO spent (what, at) VALUES (?, ?)", what, at.toEpochMilli());
  }
}
