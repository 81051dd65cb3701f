package io.karst.client.store;

import io.karst.client.recovery.ClimbTable;
import io.karst.client.store.gap.GapTable;

/** The tables of a store, for use inside one transaction. */
public interface Tables {

  AccountTable account();

  /** Sessions that carry keys. */
  default OlmTable olm() {
    return olm(OlmLane.KEYS);
  }

  OlmTable olm(OlmLane lane);

  OwnerTable owner();

  PinTable pins();

  GroupTable groups();

  EpochTable epochs();

  SessionTable sessions();

  OutboxTable outbox();

  SharedTable shared();

  ClimbTable climbs();

  GapTable gaps();
}
