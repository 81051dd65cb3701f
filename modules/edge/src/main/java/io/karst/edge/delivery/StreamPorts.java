package io.karst.edge.delivery;

import io.karst.edge.call.Failures;
import io.karst.edge.stream.Outlet;
import io.karst.wire.v1.SubscribeResponse;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * How the parts of one delivery stream reach its client, and its actor's thread.
 *
 * @param resume waits for an answer, and goes on with it, or with its failure, on the actor's
 *     thread
 */
record StreamPorts(Outlet<SubscribeResponse> outlet, Failures failures, Resume resume) {

  /** Runs the continuation on the actor's thread once the stage is complete. */
  @FunctionalInterface
  interface Resume {
    <T> void when(CompletionStage<T> stage, Consumer<T> success, Consumer<Throwable> failure);
  }
}
