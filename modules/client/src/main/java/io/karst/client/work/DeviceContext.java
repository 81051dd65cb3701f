package io.karst.client.work;

import io.karst.client.api.KarstException;
import io.karst.client.memory.DeviceMemory;
import io.karst.client.memory.Unsealed;
import io.karst.client.transport.Failures;
import io.karst.client.transport.ServerCalls;
import io.karst.crypto.key.RandomBytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.signature.Signatures;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What everything that a device does stands on.
 *
 * @param identity the device's own public keys
 * @param memory to be used on the loop's thread alone
 * @param subscribers runs the application's code
 */
public record DeviceContext(
    DeviceAddress self,
    DeviceIdentity identity,
    DeviceLoop loop,
    DeviceMemory memory,
    ServerCalls calls,
    Signatures signatures,
    InstantSource clock,
    RandomBytes random,
    Executor subscribers) {

  /**
   * Starts work for the application, which hears of its outcome on its own executor and may block
   * there.
   */
  public <T> CompletableFuture<T> serve(Supplier<CompletableFuture<T>> work) {
    CompletableFuture<T> outcome = loop.start(work);
    CompletableFuture<T> served = new CompletableFuture<>();
    var unused = outcome.whenComplete((value, failure) -> subscribers.execute(() -> {
      if (failure == null) {
        served.complete(value);
      } else {
        served.completeExceptionally(failure);
      }
    }));
    return served;
  }

  /** Reads or writes the store now, from whatever thread. */
  public <T> T now(Function<Unsealed, T> work) {
    if (loop.isCurrent()) {
      return memory.transaction(work);
    }
    try {
      return transaction(work).join();
    } catch (CompletionException e) {
      throw Failures.of(e) instanceof KarstException known ? known : e;
    }
  }

  /** Runs a transaction on the loop's thread. */
  public <T> CompletableFuture<T> transaction(Function<Unsealed, T> work) {
    return loop.submit(() -> memory.transaction(work));
  }
}
