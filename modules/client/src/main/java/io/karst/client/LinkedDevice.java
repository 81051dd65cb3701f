package io.karst.client;

import io.karst.client.api.Device;
import io.karst.client.api.LinkCode;
import io.karst.client.api.PendingDevice;
import io.karst.client.transport.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A device that waits in its store until it was added. Thread-safe. */
final class LinkedDevice implements PendingDevice {

  private final Workplace workplace;
  private final LinkCode code;
  private final CompletableFuture<Device> linked;

  LinkedDevice(
      Workplace workplace, LinkCode code, Executor executor, Function<Workplace, Device> opening) {
    this.workplace = workplace;
    this.code = code;
    this.linked = workplace
        .linked(code)
        .handleAsync(
            (done, failure) -> {
              if (failure != null) {
                workplace.close();
                throw Failures.asRuntime(failure);
              }
              return opening.apply(workplace);
            },
            executor);
  }

  @Override
  public LinkCode code() {
    return code;
  }

  @Override
  public CompletableFuture<Device> linked() {
    return linked.copy();
  }

  /** A device that was linked is closed by itself. */
  @Override
  public void close() {
    if (!linked.isDone()) {
      workplace.close();
    }
  }
}
