package io.karst.acceptance.scenario;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Says one thing after the other, each when the log holds the one a few before it, until it is told
 * to stop. Thread-safe.
 */
final class Talk {

  /** Enough for a message to be under way whatever happens. */
  private static final int UNDER_WAY = 4;

  private final Person speaker;
  private final Group group;
  private final AtomicInteger next = new AtomicInteger();
  private final Semaphore said = new Semaphore(0);
  private final Semaphore places = new Semaphore(UNDER_WAY);
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();

  private Talk(Person speaker, Group group) {
    this.speaker = speaker;
    this.group = group;
  }

  static Talk start(Person speaker, Group group) {
    Talk talk = new Talk(speaker, group);
    for (int i = 0; i < UNDER_WAY; i++) {
      talk.say();
    }
    return talk.goesOn();
  }

  /** Waits for some more messages. */
  Talk goesOn() {
    try {
      if (!said.tryAcquire(2 * UNDER_WAY, Town.WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new AssertionError(speaker.address() + " fell silent");
      }
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What is under way still comes. */
  void stops() {
    stopped.set(true);
    try {
      if (!places.tryAcquire(UNDER_WAY, Town.WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new AssertionError(speaker.address() + " is still being waited for");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (failed.isDone()) {
      throw new AssertionError(speaker.address() + " was not let speak", failed.join());
    }
  }

  /** Waits until the speaker is not let speak any more. Answers why. */
  Throwable isCutOff() {
    return Town.get(failed);
  }

  private void say() {
    if (!stopped.get() && !failed.isDone() && places.tryAcquire()) {
      String text = speaker.address() + " says " + next.incrementAndGet();
      var unused = speaker.sends(group, text).whenComplete((receipt, problem) -> {
        places.release();
        if (problem == null) {
          said.release();
          say();
        } else {
          failed.complete(problem);
        }
      });
    }
  }
}
