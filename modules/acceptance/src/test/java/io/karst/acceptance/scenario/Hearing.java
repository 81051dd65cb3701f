package io.karst.acceptance.scenario;

import io.karst.acceptance.Texts;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.ChannelEvent.Message;
import io.karst.client.api.ChannelEvent.Unreadable;
import io.karst.client.api.GroupChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that one device hears of one group, over all the times that it listens, and what it looks up
 * in the past. Thread-safe.
 */
final class Hearing {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final List<ChannelEvent> heard = new ArrayList<>();
  private final Map<Long, Message> lookedUp = new HashMap<>();
  private boolean ended;

  /** Goes on listening where the last time ended. */
  void listen(GroupChannel channel) {
    change(() -> ended = false);
    channel.receive().subscribe(new Ear());
  }

  /** Keeps what the device found when it read the past once more. */
  void lookedUp(List<ChannelEvent> events) {
    change(() -> of(events.stream(), Message.class)
        .forEach(message -> lookedUp.put(message.offset(), message)));
  }

  /** Waits for an event that fits, which may have been heard already. */
  <E extends ChannelEvent> E await(Class<E> type, Predicate<E> fits, String what) {
    lock.lock();
    try {
      long nanos = TimeUnit.SECONDS.toNanos(Town.WAIT_SECONDS_MAX);
      while (of(heard.stream(), type).noneMatch(fits)) {
        if (nanos <= 0) {
          throw new AssertionError(what + " was not heard, but " + heard);
        }
        nanos = news.awaitNanos(nanos);
      }
      return of(heard.stream(), type).filter(fits).findFirst().orElseThrow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing more is to be heard. */
  void awaitEnd() {
    lock.lock();
    try {
      long nanos = TimeUnit.SECONDS.toNanos(Town.WAIT_SECONDS_MAX);
      while (!ended) {
        if (nanos <= 0) {
          throw new AssertionError("the channel did not end; heard " + heard);
        }
        nanos = news.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }

  /** The messages that were heard, in that order. */
  List<Message> messages() {
    return all(Message.class);
  }

  /** The messages that could not be read as they came. */
  List<Unreadable> unreadable() {
    return all(Unreadable.class);
  }

  <E extends ChannelEvent> List<E> all(Class<E> type) {
    lock.lock();
    try {
      return of(heard.stream(), type).toList();
    } finally {
      lock.unlock();
    }
  }

  /** What was read in the past, by offset. */
  Map<Long, Message> lookedUp() {
    lock.lock();
    try {
      return Map.copyOf(lookedUp);
    } finally {
      lock.unlock();
    }
  }

  static String text(Message message) {
    return message.content().body().match(new Texts());
  }

  private static <E extends ChannelEvent> Stream<E> of(Stream<ChannelEvent> events, Class<E> type) {
    return events.filter(type::isInstance).map(type::cast);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Listens once. */
  private final class Ear implements Flow.Subscriber<ChannelEvent> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChannelEvent event) {
      change(() -> heard.add(event));
    }

    @Override
    public void onError(Throwable problem) {
      change(() -> ended = true);
    }

    @Override
    public void onComplete() {
      change(() -> ended = true);
    }
  }
}
