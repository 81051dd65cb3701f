package io.karst.client.memory;

import io.karst.client.store.DeviceStore;
import io.karst.client.store.Tables;
import io.karst.crypto.olm.Account;
import io.karst.crypto.pickle.Pickler;
import java.util.Optional;
import java.util.function.Function;

/**
 * A device's state: what is on the disk, with the account held open, and copies of the sessions
 * that were heard lately.
 *
 * <p>Everything else is opened for one transaction, used as a copy, and stored or dropped with it:
 * a transaction that fails leaves no trace. Not thread-safe: the device's one thread owns it.
 */
public final class DeviceMemory implements AutoCloseable {

  private final DeviceStore store;
  private final Pickler pickler;
  private final SessionCache sessions = new SessionCache();
  private Optional<Account> account = Optional.empty();

  public DeviceMemory(DeviceStore store, Pickler pickler) {
    this.store = store;
    this.pickler = pickler;
  }

  /** Runs {@code work} in one transaction, which is on the disk when this returns. */
  public <T> T transaction(Function<Unsealed, T> work) {
    try {
      return store.transaction(tables -> work.apply(unsealed(tables)));
    } catch (RuntimeException | Error e) {
      forgetAccount();
      sessions.clear();
      throw e;
    }
  }

  /** Wipes what is held open and closes the store. */
  @Override
  public void close() {
    forgetAccount();
    sessions.clear();
    store.close();
  }

  private Unsealed unsealed(Tables tables) {
    return new Unsealed(tables, pickler, this);
  }

  SessionCache sessions() {
    return sessions;
  }

  Optional<Account> held() {
    return account;
  }

  void hold(Account opened) {
    account = Optional.of(opened);
  }

  private void forgetAccount() {
    account.ifPresent(Account::destroy);
    account = Optional.empty();
  }
}
