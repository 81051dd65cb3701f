package io.karst.client.store.sqlite;

import io.karst.client.store.AccountRow;
import io.karst.client.store.AccountTable;
import io.karst.domain.id.DeviceAddress;
import java.time.Instant;
import java.util.Optional;

record AccountSql(Sql sql) implements AccountTable {

  @Override
  public Optional<AccountRow> find() {
    return sql.one(
        "SELECT member, device, registered, account, fallback_since FROM account",
        row -> new AccountRow(
            DeviceAddress.of(row.text(1), row.text(2)),
            row.flag(3),
            row.bytes(4),
            Instant.ofEpochMilli(row.number(5))));
  }

  @Override
  public void save(AccountRow row) {
    sql.update(
        """
        INSERT INTO account (id, member, device, registered, account, fallback_since)
        VALUES (1, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET registered = excluded.registered,
          account = excluded.account, fallback_since = excluded.fallback_since
        """,
        row.address().member().value(),
        row.address().device().value(),
        row.registered(),
        row.account(),
        row.fallbackSince().toEpochMilli());
  }
}
