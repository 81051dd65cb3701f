package io.karst.cli.message;

import io.karst.client.api.ChannelEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes a group's events one by one until the handler has seen enough.
 *
 * <p>An event is taken once the handler returned, so one that was not shown comes again. Called by
 * one thread at a time, as the SDK promises.
 */
public final class EventReader implements Flow.Subscriber<ChannelEvent> {

  private final Predicate<ChannelEvent> goOn;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

  /** The handler answers false when it wants no more. */
  public EventReader(Predicate<ChannelEvent> goOn) {
    this.goOn = goOn;
  }

  /**
   * Completes when the handler wants no more or the group ended; fails with what ended the reading.
   */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  /** Waits so long for that, without end for 0; answers whether it came. */
  boolean endedWithin(long seconds) {
    if (seconds <= 0) {
      ended.join();
      return true;
    }
    return ended
        .copy()
        .orTimeout(seconds, TimeUnit.SECONDS)
        .handle((nothing, failure) -> {
          if (failure instanceof TimeoutException) {
            return false;
          }
          ended.join();
          return true;
        })
        .join();
  }

  /** Takes nothing more. */
  public void stop() {
    ended.complete(null);
    Flow.Subscription given = subscription.get();
    if (given != null) {
      given.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription.set(given);
    if (ended.isDone()) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(ChannelEvent event) {
    if (ended.isDone()) {
      return;
    }
    Flow.Subscription given = subscription.get();
    if (given != null && handled(event)) {
      given.request(1);
    } else {
      stop();
    }
  }

  private boolean handled(ChannelEvent event) {
    try {
      return goOn.test(event);
    } catch (RuntimeException e) {
      ended.completeExceptionally(e);
      return false;
    }
  }

  @Override
  public void onError(Throwable failure) {
    ended.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    ended.complete(null);
  }
}
