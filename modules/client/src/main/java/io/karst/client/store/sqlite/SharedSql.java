package io.karst.client.store.sqlite;

import io.karst.client.store.SharedRow;
import io.karst.client.store.SharedTable;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.List;
import java.util.Optional;

record SharedSql(Sql sql) implements SharedTable {

  @Override
  public List<SharedRow> find(GroupId group, long epoch, DeviceAddress sender, Bytes sessionId) {
    return sql.all(
        "SELECT by_member, by_device, session FROM shared_session WHERE group_id = ? AND epoch = ?"
            + " AND member = ? AND device = ? AND session_id = ? ORDER BY id",
        row -> new SharedRow(
            group,
            epoch,
            sender,
            sessionId,
            DeviceAddress.of(row.text(1), row.text(2)),
            row.bytes(3)),
        group.value(),
        epoch,
        sender.member().value(),
        sender.device().value(),
        sessionId);
  }

  @Override
  public List<SharedRow> bound(GroupId group, long epoch, DeviceAddress sender, Bytes sessionId) {
    boolean bound = sql.one(
            "SELECT 1 FROM bound_session WHERE group_id = ? AND epoch = ? AND member = ?"
                + " AND device = ? AND session_id = ?",
            row -> true,
            group.value(),
            epoch,
            sender.member().value(),
            sender.device().value(),
            sessionId)
        .isPresent();
    return bound ? find(group, epoch, sender, sessionId) : List.of();
  }

  @Override
  public void bind(GroupId group, long epoch, DeviceAddress sender, Bytes sessionId) {
    sql.update(
        """
        INSERT INTO bound_session (group_id, epoch, member, device, session_id)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """, group.value(), epoch, sender.member().value(), sender.device().value(), sessionId);
  }

  @Override
  public boolean any(GroupId group, long epoch) {
    return sql.one(
            "SELECT 1 FROM shared_session WHERE group_id = ? AND epoch = ? LIMIT 1",
            row -> true,
            group.value(),
            epoch)
        .isPresent();
  }

  @Override
  public Optional<Long> grantedFrom(GroupId group) {
    return sql.one("""
        SELECT shared.epoch FROM shared_session AS shared
        LEFT JOIN epoch ON epoch.group_id = shared.group_id AND epoch.epoch = shared.epoch
        WHERE shared.group_id = ? AND COALESCE(epoch.access, 'NOT_IN_ROSTER') = 'NOT_IN_ROSTER'
        ORDER BY shared.epoch LIMIT 1
        """, row -> row.number(1), group.value());
  }

  @Override
  public void add(SharedRow row) {
    if (find(row.group(), row.epoch(), row.sender(), row.sessionId()).size() >= GIVERS_MAX) {
      return;
    }
    sql.update(
        """
        INSERT INTO shared_session
          (group_id, epoch, member, device, session_id, by_member, by_device, session)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
        row.group().value(),
        row.epoch(),
        row.sender().member().value(),
        row.sender().device().value(),
        row.sessionId(),
        row.by().member().value(),
        row.by().device().value(),
        row.session());
  }

  @Override
  public Optional<Bytes> heard(GroupId group, long epoch, Bytes sessionId) {
    return sql.one(
        "SELECT heard FROM shared_heard WHERE group_id = ? AND epoch = ? AND session_id = ?",
        row -> row.bytes(1),
        group.value(),
        epoch,
        sessionId);
  }

  @Override
  public void saveHeard(GroupId group, long epoch, Bytes sessionId, Bytes heard) {
    sql.update(
        "INSERT OR REPLACE INTO shared_heard (group_id, epoch, session_id, heard)"
            + " VALUES (?, ?, ?, ?)",
        group.value(),
        epoch,
        sessionId,
        heard);
  }

  @Override
  public void remove(SharedRow row) {
    sql.update(
        "DELETE FROM shared_session WHERE group_id = ? AND epoch = ? AND member = ? AND device = ?"
            + " AND session_id = ? AND by_member = ? AND by_device = ?",
        row.group().value(),
        row.epoch(),
        row.sender().member().value(),
        row.sender().device().value(),
        row.sessionId(),
        row.by().member().value(),
        row.by().device().value());
  }
}
