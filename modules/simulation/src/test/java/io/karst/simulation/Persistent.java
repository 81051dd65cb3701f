package io.karst.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;

/**
 * One persistent entity, life after life: a crash throws its state away, the next message has it
 * recovered from what was written.
 */
abstract class Persistent<M> {

  /** When a process that is told to crash does so. */
  enum Crash {
    /** Nothing of the message is done. */
    BEFORE,
    /** Everything is written, and nobody is answered. */
    AFTER
  }

  private final List<Asked<?>> asked = new ArrayList<>();
  private final List<Crash> crashes = new ArrayList<>();

  /** Somebody who waits for an answer. */
  record Asked<R>(TestInbox<R> inbox, CompletableFuture<R> answer) {

    boolean answered() {
      boolean there = inbox.hasMessages();
      if (there) {
        answer.complete(inbox.receiveMessage());
      }
      return there;
    }
  }

  final void expect(Asked<?> one) {
    asked.add(one);
  }

  final void take(M message) {
    boolean before = crashes.remove(Crash.BEFORE);
    if (before) {
      crash();
      return;
    }
    if (!isUp()) {
      recover();
    }
    handle(message);
    boolean after = crashes.remove(Crash.AFTER);
    if (after) {
      crash();
      return;
    }
    List.copyOf(asked).stream().filter(Asked::answered).forEach(asked::remove);
  }

  /** The next message meets with a crash. */
  final void crashNext(Crash when) {
    crashes.add(when);
  }

  /** It is calm: no crash lies ahead any more. */
  final void settle() {
    crashes.clear();
  }

  /** Loses everything that was not written, and who waits for answers. */
  final void crash() {
    asked.clear();
    lose();
  }

  abstract boolean isUp();

  abstract void lose();

  abstract void recover();

  abstract void handle(M message);
}
