package io.karst.client.store.sqlite;

import io.karst.client.api.verification.Trust.VerifiedDevice;
import io.karst.client.api.verification.Trust.Way;
import io.karst.client.verification.TrustTable;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import java.time.Instant;
import java.util.List;

record TrustSql(Sql sql) implements TrustTable {

  @Override
  public List<VerifiedDevice> of(MemberId member) {
    return sql.all(
        "SELECT member, device, ed25519_key, root, version, way, verified_at FROM verified"
            + " WHERE member = ? ORDER BY device",
        row -> new VerifiedDevice(
            DeviceAddress.of(row.text(1), row.text(2)),
            row.bytes(3),
            row.bytes(4),
            row.number(5),
            Way.valueOf(row.text(6)),
            Instant.ofEpochMilli(row.number(7))),
        member.value());
  }

  @Override
  public List<MemberId> members() {
    return sql.all(
        "SELECT DISTINCT member FROM verified ORDER BY member", row -> new MemberId(row.text(1)));
  }

  @Override
  public void save(VerifiedDevice device) {
    sql.update(
        "INSERT OR REPLACE INTO verified"
            + " (member, device, ed25519_key, root, version, way, verified_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        device.device().member().value(),
        device.device().device().value(),
        device.ed25519Key(),
        device.root(),
        device.version(),
        device.way().name(),
        device.at().toEpochMilli());
  }
}
