package io.karst.simulation;

import io.karst.client.store.DeviceStore;
import io.karst.client.store.Tables;
import io.karst.client.store.sqlite.SqliteStore;
import java.util.function.Function;

/** A device's store, as one life of the device sees it: the life may end within a transaction. */
final class Disk implements DeviceStore {

  private final SqliteStore store;
  private final Runnable onCrash;
  private int untilCrash = Integer.MAX_VALUE;
  private boolean written;
  private boolean dead;

  Disk(SqliteStore store, Runnable onCrash) {
    this.store = store;
    this.onCrash = onCrash;
  }

  /** The device's life ended. */
  static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Ends the life in the next transaction but so many: before or after it was written. */
  void crashIn(int transactions, boolean afterwards) {
    untilCrash = transactions;
    written = afterwards;
  }

  void kill() {
    dead = true;
  }

  @Override
  public <T> T transaction(Function<Tables, T> work) {
    if (dead) {
      throw new PowerCut();
    }
    untilCrash--;
    if (untilCrash > 0) {
      return store.transaction(work);
    }
    dead = true;
    onCrash.run();
    if (written) {
      store.transaction(work);
    } else {
      store.transaction(tables -> {
        var unused = work.apply(tables);
        throw new PowerCut();
      });
    }
    throw new PowerCut();
  }

  @Override
  public void close() {}
}
