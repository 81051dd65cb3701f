package io.karst.acceptance.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything that publishers of one kind tell, in the order of the telling. Thread-safe.
 *
 * @param <E> what they tell
 */
final class Notebook<E> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final List<E> all = new ArrayList<>();

  /** Notes what this one tells as well. Completes when it tells no more, for whatever reason. */
  CompletableFuture<Boolean> follow(Flow.Publisher<? extends E> publisher) {
    Pen pen = new Pen();
    publisher.subscribe(pen);
    return pen.end;
  }

  /** Waits for something that fits, which may have been told already. */
  <T extends E> T await(Class<T> type, Predicate<T> fits, String what) {
    lock.lock();
    try {
      long nanos = TimeUnit.SECONDS.toNanos(Town.WAIT_SECONDS_MAX);
      while (of(type).noneMatch(fits)) {
        if (nanos <= 0) {
          throw new AssertionError(what + " was not told, but " + all);
        }
        nanos = news.awaitNanos(nanos);
      }
      return of(type).filter(fits).findFirst().orElseThrow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }

  /** What was told so far. */
  <T extends E> List<T> all(Class<T> type) {
    lock.lock();
    try {
      return of(type).toList();
    } finally {
      lock.unlock();
    }
  }

  private <T extends E> Stream<T> of(Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast);
  }

  private void note(E told) {
    lock.lock();
    try {
      all.add(told);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private final class Pen implements Flow.Subscriber<E> {

    private final CompletableFuture<Boolean> end = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(E told) {
      note(told);
    }

    @Override
    public void onError(Throwable problem) {
      end.complete(false);
    }

    @Override
    public void onComplete() {
      end.complete(true);
    }
  }
}
