package io.karst.client.store;

import io.karst.client.recovery.ClimbTable;
import io.karst.client.store.gap.GapTable;
import io.karst.client.store.owner.OwnerTable;
import io.karst.client.verification.TrustTable;

/** The tables of a store, for use inside one transaction. */
public interface Tables {

  AccountTable account();

  /** Sessions that carry keys. */
  default OlmTable olm() {
    return olm(OlmTable.Lane.KEYS);
  }

  OlmTable olm(OlmTable.Lane lane);

  OwnerTable owner();

  PinTable pins();

  GroupTable groups();

  EpochTable epochs();

  SessionTable sessions();

  OutboxTable outbox();

  SharedTable shared();

  ClimbTable climbs();

  GapTable gaps();

  TrustTable trust();
}
