package io.karst.client.store.sqlite;

import io.karst.client.store.InboundRow;
import io.karst.client.store.OutboundRow;
import io.karst.client.store.SessionTable;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.List;
import java.util.Optional;

record SessionSql(Sql sql) implements SessionTable {

  @Override
  public Optional<InboundRow> inbound(GroupId group, long epoch, DeviceAddress sender) {
    return sql.one(
        "SELECT session_id, session, heard FROM inbound"
            + " WHERE group_id = ? AND epoch = ? AND member = ? AND device = ?",
        row -> new InboundRow(group, epoch, sender, row.bytes(1), row.bytes(2), row.bytes(3)),
        group.value(),
        epoch,
        sender.member().value(),
        sender.device().value());
  }

  @Override
  public List<InboundRow> inbound(GroupId group, long fromEpoch, long toEpoch) {
    return sql.all(
        "SELECT epoch, member, device, session_id, session, heard FROM inbound"
            + " WHERE group_id = ? AND epoch >= ? AND epoch <= ? ORDER BY epoch, member, device",
        row -> new InboundRow(
            group,
            row.number(1),
            DeviceAddress.of(row.text(2), row.text(3)),
            row.bytes(4),
            row.bytes(5),
            row.bytes(6)),
        group.value(),
        fromEpoch,
        toEpoch);
  }

  @Override
  public void saveInbound(InboundRow row) {
    sql.update(
        """
        INSERT INTO inbound (group_id, epoch, member, device, session_id, session, heard)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET session = excluded.session, heard = excluded.heard
        """,
        row.group().value(),
        row.epoch(),
        row.sender().member().value(),
        row.sender().device().value(),
        row.sessionId(),
        row.session(),
        row.heard());
  }

  @Override
  public Optional<OutboundRow> outbound(GroupId group, long epoch) {
    return sql.one(
        "SELECT member, device, session_key, signature, announced, session FROM outbound"
            + " WHERE group_id = ? AND epoch = ?",
        row -> new OutboundRow(
            group,
            new SessionBinding(
                DeviceAddress.of(row.text(1), row.text(2)), epoch, row.bytes(3), row.bytes(4)),
            row.flag(5),
            row.bytes(6)),
        group.value(),
        epoch);
  }

  @Override
  public void saveOutbound(OutboundRow row) {
    SessionBinding binding = row.binding();
    sql.update(
        """
        INSERT INTO outbound
          (group_id, epoch, member, device, session_key, signature, announced, session)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET announced = excluded.announced, session = excluded.session
        """,
        row.group().value(),
        row.epoch(),
        binding.sender().member().value(),
        binding.sender().device().value(),
        binding.sessionKey(),
        binding.signature(),
        row.announced(),
        row.session());
    sql.update(
        "DELETE FROM outbound WHERE group_id = ? AND epoch < ?", row.group().value(), row.epoch());
  }
}
