package io.karst.acceptance;

import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Receipt;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends numbered messages without pause, a bounded number of them under way, and remembers what was
 * acknowledged.
 */
final class SteadySender {

  private static final int UNDER_WAY_MAX = 32;

  private final GroupChannel channel;
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(UNDER_WAY_MAX);
  private final Semaphore news = new Semaphore(0);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Thread thread;
  private volatile @Nullable Throwable failure;

  private SteadySender(GroupChannel channel) {
    this.channel = channel;
    this.thread = new Thread(this::run, "steady-sender");
  }

  static SteadySender start(GroupChannel channel) {
    SteadySender sender = new SteadySender(channel);
    sender.thread.start();
    return sender;
  }

  static String text(int number) {
    return "message " + number;
  }

  int acknowledged() {
    return acknowledged.size();
  }

  void awaitAcknowledged(int count) throws InterruptedException {
    while (acknowledged.size() < count) {
      if (!news.tryAcquire(Person.WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new AssertionError("only " + acknowledged.size() + " acknowledged", failure);
      }
    }
  }

  /** Stops sending, waits for what is under way, and answers the offset of each message. */
  Map<String, Long> stop() throws InterruptedException {
    stopping.set(true);
    thread.join();
    if (!places.tryAcquire(UNDER_WAY_MAX, Person.WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new AssertionError("messages are still under way", failure);
    }
    if (failure != null) {
      throw new AssertionError("a message was given up", failure);
    }
    return Map.copyOf(acknowledged);
  }

  private void run() {
    for (int number = 0; !stopping.get(); number++) {
      String text = text(number);
      places.acquireUninterruptibly();
      var unused =
          channel.send(text).whenComplete((receipt, problem) -> done(text, receipt, problem));
    }
  }

  private void done(String text, Receipt receipt, @Nullable Throwable problem) {
    if (problem == null) {
      acknowledged.put(text, receipt.offset());
    } else {
      failure = problem;
    }
    places.release();
    news.release();
  }
}
