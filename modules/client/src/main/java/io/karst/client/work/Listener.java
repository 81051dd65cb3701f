package io.karst.client.work;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber and its demand. Its methods are called one after another, on the application's
 * executor.
 *
 * <p>{@code cancelled} may be set from any thread; all else is for the device's thread.
 */
public final class Listener<T> implements Flow.Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  private final Flow.Subscriber<? super T> subscriber;
  private final DeviceLoop loop;
  private final Executor executor;
  private final Owner<T> owner;
  private final Deque<T> waiting = new ArrayDeque<>();
  private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);
  private CompletableFuture<Integer> outcome = CompletableFuture.completedFuture(0);
  private volatile boolean cancelled;
  private volatile boolean stopped;
  private boolean delivering;
  private long demand;
  private int taken;

  /** Hears of the subscriber's wishes, on the device's thread. */
  public interface Owner<T> {
    void demanded();

    void cancelled(Listener<T> listener);
  }

  public Listener(
      Flow.Subscriber<? super T> subscriber, DeviceLoop loop, Executor executor, Owner<T> owner) {
    this.subscriber = subscriber;
    this.loop = loop;
    this.executor = executor;
    this.owner = owner;
  }

  /** Calls {@code onSubscribe}. */
  public void begin() {
    call(() -> subscriber.onSubscribe(this));
  }

  public boolean wantsMore() {
    return demand > 0 && !cancelled && !stopped;
  }

  /** Whether the subscriber may be told more some day. */
  public boolean isOpen() {
    return !cancelled && !stopped;
  }

  /** Whether the application has events in its hands of which it is not known if it took them. */
  public boolean isDelivering() {
    return delivering;
  }

  /** Delivers nothing after the event that is being taken; the end may still be told. */
  public void stop() {
    stopped = true;
    goOn();
  }

  /**
   * Delivers events as they are demanded. Answers, when all were taken or the subscriber cancelled,
   * how many were: those for which {@code onNext} returned. One delivery at a time.
   */
  public CompletableFuture<Integer> deliver(List<T> events) {
    outcome = new CompletableFuture<>();
    taken = 0;
    waiting.addAll(events);
    goOn();
    return outcome;
  }

  public void complete() {
    end(subscriber::onComplete);
  }

  public void fail(Throwable failure) {
    end(() -> subscriber.onError(failure));
  }

  @Override
  public void request(long n) {
    loop.post(() -> {
      if (n <= 0) {
        fail(new IllegalArgumentException("a subscriber requests at least one event"));
        owner.cancelled(this);
        return;
      }
      demand = demand > Long.MAX_VALUE - n ? Long.MAX_VALUE : demand + n;
      goOn();
      owner.demanded();
    });
  }

  @Override
  public void cancel() {
    cancelled = true;
    loop.post(() -> {
      goOn();
      owner.cancelled(this);
    });
  }

  private void goOn() {
    if (delivering) {
      return;
    }
    if (waiting.isEmpty() || cancelled || stopped) {
      waiting.clear();
      outcome.complete(taken);
      return;
    }
    List<T> next = new ArrayList<>();
    while (demand > 0 && !waiting.isEmpty()) {
      next.add(waiting.removeFirst());
      demand--;
    }
    if (!next.isEmpty()) {
      delivering = true;
      call(() -> deliverNow(next));
    }
  }

  /** On the application's executor. */
  private void deliverNow(List<T> events) {
    int count = 0;
    try {
      for (T event : events) {
        if (cancelled || stopped) {
          break;
        }
        subscriber.onNext(event);
        count++;
      }
    } finally {
      int delivered = count;
      loop.post(() -> {
        taken += delivered;
        delivering = false;
        goOn();
      });
    }
  }

  private void end(Runnable last) {
    call(() -> {
      if (!cancelled) {
        cancelled = true;
        last.run();
      }
    });
  }

  private void call(Runnable work) {
    tail = tail.thenRunAsync(() -> guarded(work), executor);
  }

  /** A subscriber that throws has broken its contract: it is heard no more. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("a subscriber failed", e);
      cancel();
    }
  }
}
