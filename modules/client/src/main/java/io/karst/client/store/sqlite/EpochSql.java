package io.karst.client.store.sqlite;

import io.karst.client.store.EpochRow;
import io.karst.client.store.EpochTable;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.Map;
import java.util.Optional;

record EpochSql(Sql sql) implements EpochTable {

  @Override
  public Optional<EpochRow> find(GroupId group, long epoch) {
    return sql.one(
        "SELECT manifest, access FROM epoch WHERE group_id = ? AND epoch = ?",
        EpochSql::row,
        group.value(),
        epoch);
  }

  @Override
  public Optional<EpochRow> newest(GroupId group) {
    return sql.one(
        "SELECT manifest, access FROM epoch WHERE group_id = ? ORDER BY epoch DESC LIMIT 1",
        EpochSql::row,
        group.value());
  }

  @Override
  public void add(EpochRow epoch, Map<DeviceAddress, Bytes> ratchets) {
    String group = epoch.group().value();
    sql.update(
        "INSERT INTO epoch (group_id, epoch, access, manifest) VALUES (?, ?, ?, ?)",
        group,
        epoch.number(),
        epoch.access().name(),
        StoredForm.manifest(epoch.manifest()));
    addRatchets(epoch, ratchets);
    forgetBefore(epoch.group(), epoch.number() - EPOCHS_MAX + 1);
  }

  @Override
  public void hold(EpochRow epoch, Map<DeviceAddress, Bytes> ratchets) {
    set(epoch, EpochRow.Access.HELD);
    addRatchets(epoch, ratchets);
  }

  @Override
  public void lock(EpochRow epoch) {
    set(epoch, EpochRow.Access.KEY_NOT_OPENED);
  }

  private void set(EpochRow epoch, EpochRow.Access access) {
    sql.update(
        "UPDATE epoch SET access = ? WHERE group_id = ? AND epoch = ?",
        access.name(),
        epoch.group().value(),
        epoch.number());
  }

  private void addRatchets(EpochRow epoch, Map<DeviceAddress, Bytes> ratchets) {
    ratchets.forEach((sender, ratchet) -> sql.update(
        "INSERT INTO ratchet (group_id, epoch, member, device, ratchet)"
            + " VALUES (?, ?, ?, ?, ?)",
        epoch.group().value(),
        epoch.number(),
        sender.member().value(),
        sender.device().value(),
        ratchet));
  }

  @Override
  public void orphan(GroupId group, EpochRange epochs) {
    sql.update(
        "INSERT INTO orphaned (group_id, first_epoch, last_epoch) VALUES (?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        group.value(),
        epochs.from(),
        epochs.to());
    sql.update("""
        DELETE FROM orphaned WHERE group_id = ? AND last_epoch NOT IN (
          SELECT last_epoch FROM orphaned WHERE group_id = ? ORDER BY last_epoch DESC LIMIT ?)
        """, group.value(), group.value(), (long) ORPHANED_MAX);
  }

  @Override
  public boolean isOrphaned(GroupId group, long epoch) {
    return sql.one(
            "SELECT 1 FROM orphaned WHERE group_id = ? AND first_epoch <= ? AND last_epoch >= ?"
                + " LIMIT 1",
            row -> true,
            group.value(),
            epoch,
            epoch)
        .isPresent();
  }

  @Override
  public Optional<Bytes> ratchet(GroupId group, long epoch, DeviceAddress sender) {
    return sql.one(
        "SELECT ratchet FROM ratchet"
            + " WHERE group_id = ? AND epoch = ? AND member = ? AND device = ?",
        row -> row.bytes(1),
        group.value(),
        epoch,
        sender.member().value(),
        sender.device().value());
  }

  @Override
  public void forgetRatchet(GroupId group, long epoch, DeviceAddress sender) {
    sql.update(
        "DELETE FROM ratchet WHERE group_id = ? AND epoch = ? AND member = ? AND device = ?",
        group.value(),
        epoch,
        sender.member().value(),
        sender.device().value());
  }

  @Override
  public void forgetRatchetsBefore(GroupId group, long epoch) {
    sql.update("DELETE FROM ratchet WHERE group_id = ? AND epoch < ?", group.value(), epoch);
  }

  @Override
  public void forgetBefore(GroupId group, long epoch) {
    String id = group.value();
    sql.update(
        """
        INSERT INTO never_held (group_id, epoch, access) SELECT group_id, epoch, access FROM epoch
          WHERE group_id = ? AND epoch < ? AND access IN (?, ?, ?)
          ON CONFLICT (group_id, epoch) DO UPDATE SET access = excluded.access
        """,
        id,
        epoch,
        EpochRow.Access.KEY_NOT_SEALED.name(),
        EpochRow.Access.KEY_NOT_OPENED.name(),
        EpochRow.Access.KEY_REFUSED.name());
    sql.update("DELETE FROM never_held WHERE group_id = ? AND epoch < ?", id, epoch - EPOCHS_MAX);
    sql.update("DELETE FROM ratchet WHERE group_id = ? AND epoch < ?", id, epoch);
    sql.update("DELETE FROM inbound WHERE group_id = ? AND epoch < ?", id, epoch);
    sql.update("DELETE FROM bound_session WHERE group_id = ? AND epoch < ?", id, epoch);
    sql.update("DELETE FROM shared_session WHERE group_id = ? AND epoch < ?", id, epoch);
    sql.update("DELETE FROM shared_heard WHERE group_id = ? AND epoch < ?", id, epoch);
    sql.update("DELETE FROM epoch WHERE group_id = ? AND epoch < ?", id, epoch);
  }

  @Override
  public Optional<EpochRow.Access> forgottenAs(GroupId group, long epoch) {
    return sql.one(
        "SELECT access FROM never_held WHERE group_id = ? AND epoch = ?",
        row -> EpochRow.Access.valueOf(row.text(1)),
        group.value(),
        epoch);
  }

  private static EpochRow row(Sql.Row row) {
    return new EpochRow(StoredForm.manifest(row.bytes(1)), EpochRow.Access.valueOf(row.text(2)));
  }
}
