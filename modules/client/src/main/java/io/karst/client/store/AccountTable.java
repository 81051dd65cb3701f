package io.karst.client.store;

import java.util.Optional;

/** One row: the device itself. */
public interface AccountTable {

  Optional<AccountRow> find();

  void save(AccountRow row);
}
