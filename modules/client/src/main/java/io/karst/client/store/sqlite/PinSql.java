package io.karst.client.store.sqlite;

import io.karst.client.store.PinTable;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.MemberId;
import java.util.List;

record PinSql(Sql sql) implements PinTable {

  @Override
  public List<DeviceList> of(MemberId member) {
    return sql.all(
        "SELECT list FROM device_list WHERE member = ? ORDER BY version",
        row -> StoredForm.deviceList(row.bytes(1)),
        member.value());
  }

  @Override
  public void pin(DeviceList list) {
    String member = list.member().value();
    sql.update(
        "INSERT INTO device_list (member, version, list) VALUES (?, ?, ?)",
        member,
        list.version(),
        StoredForm.deviceList(list));
    sql.update(
        "DELETE FROM device_list WHERE member = ? AND version <= ?",
        member,
        list.version() - VERSIONS_MAX);
  }

  @Override
  public void forget(MemberId member) {
    sql.update("DELETE FROM device_list WHERE member = ?", member.value());
  }
}
