package io.karst.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stops the program's parts in order, once, whether a signal or a failure asks for it. Thread-safe.
 */
final class ShutdownSequence {

  private final Runnable[] steps;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile ExitCode exitCode = ExitCode.STOPPED;

  private ShutdownSequence(Runnable... steps) {
    this.steps = steps;
  }

  /** The steps run when the JVM is told to end, too. */
  static ShutdownSequence install(Runnable... steps) {
    var sequence = new ShutdownSequence(steps);
    Runtime.getRuntime().addShutdownHook(new Thread(sequence::runAndEnd, "shutdown"));
    return sequence;
  }

  /**
   * Ends with the code that is documented: of its own accord the JVM would say 143 after a signal,
   * and supervisors take that for a failure.
   */
  private void runAndEnd() {
    run();
    Runtime.getRuntime().halt(exitCode.number());
  }

  /** Stops because a part failed, says so, and ends with an exit code that says so. */
  void runBecause(String failure) {
    if (!begun.get()) {
      System.err.println("karst: " + failure + "; stopping");
      exitCode = ExitCode.CASSANDRA;
      run();
    }
  }

  /** Waits until everything has stopped. */
  int await() throws InterruptedException {
    done.await();
    return exitCode.number();
  }

  private void run() {
    if (begun.compareAndSet(false, true)) {
      for (Runnable step : steps) {
        step.run();
      }
      done.countDown();
    } else {
      try {
        done.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
