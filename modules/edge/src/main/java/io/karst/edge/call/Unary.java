package io.karst.edge.call;

import java.util.concurrent.CompletionStage;

/**
 * Answers one request of an authenticated device.
 *
 * <p>Runs on a thread of the transport's pool and must not block. It refuses by throwing, or
 * failing the stage with, a {@code RefusedException} or an {@code InvalidId}.
 */
@FunctionalInterface
public interface Unary<Q, R> {
  CompletionStage<R> answer(Principal principal, Q request);

  /** Answers one request of anybody. */
  @FunctionalInterface
  interface Open<Q, R> {
    CompletionStage<R> answer(Q request);
  }
}
