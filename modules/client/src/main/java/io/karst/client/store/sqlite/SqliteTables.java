package io.karst.client.store.sqlite;

import io.karst.client.recovery.ClimbTable;
import io.karst.client.store.AccountTable;
import io.karst.client.store.EpochTable;
import io.karst.client.store.GroupTable;
import io.karst.client.store.OlmTable;
import io.karst.client.store.OutboxTable;
import io.karst.client.store.PinTable;
import io.karst.client.store.SessionTable;
import io.karst.client.store.SharedTable;
import io.karst.client.store.Tables;
import io.karst.client.store.gap.GapTable;
import io.karst.client.store.owner.OwnerTable;
import io.karst.client.verification.TrustTable;

/** The tables over one connection. */
record SqliteTables(Sql sql) implements Tables {

  @Override
  public AccountTable account() {
    return new AccountSql(sql);
  }

  @Override
  public OlmTable olm(OlmTable.Lane lane) {
    return new OlmSql(sql, lane);
  }

  @Override
  public OwnerTable owner() {
    return new OwnerSql(sql);
  }

  @Override
  public PinTable pins() {
    return new PinSql(sql);
  }

  @Override
  public GroupTable groups() {
    return new GroupSql(sql);
  }

  @Override
  public EpochTable epochs() {
    return new EpochSql(sql);
  }

  @Override
  public SessionTable sessions() {
    return new SessionSql(sql);
  }

  @Override
  public SharedTable shared() {
    return new SharedSql(sql);
  }

  @Override
  public ClimbTable climbs() {
    return new ClimbSql(sql);
  }

  @Override
  public GapTable gaps() {
    return new GapSql(sql);
  }

  @Override
  public OutboxTable outbox() {
    return new OutboxSql(sql);
  }

  @Override
  public TrustTable trust() {
    return new TrustSql(sql);
  }
}
