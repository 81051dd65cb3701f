package io.karst.client.api;

import java.util.concurrent.CompletableFuture;

/** A new device that waits until another device of its member has added it. Thread-safe. */
public interface PendingDevice extends AutoCloseable {

  /** To be shown to the other device, and to nobody else. The same after a restart. */
  LinkCode code();

  /**
   * Completes with the device once it was added, and its chain verified. Fails with
   * {@link SecurityViolation} when the server shows another chain than the adding device vouched
   * for, or other keys for this device.
   */
  CompletableFuture<Device> linked();

  /** Waits no more; the keys stay in the store. Does nothing once the device was linked. */
  @Override
  void close();
}
