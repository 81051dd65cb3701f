package io.karst.client.store;

import java.util.function.Function;

/**
 * A device's memory, which survives a crash at any moment.
 *
 * <p>Not thread-safe: one device owns it and uses it from one thread. Failures of the disk are
 * {@link io.karst.client.api.LocalMistake}s of kind {@code STORE_FAILED}.
 */
public interface DeviceStore extends AutoCloseable {

  /**
   * Runs {@code work} in one transaction: all that it wrote is on the disk when this returns,
   * nothing is when it throws. Transactions do not nest.
   */
  <T> T transaction(Function<Tables, T> work);

  @Override
  void close();
}
