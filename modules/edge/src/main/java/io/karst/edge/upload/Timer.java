package io.karst.edge.upload;

import java.time.Duration;

/** Runs something later, unless it is cancelled. */
@FunctionalInterface
public interface Timer {

  /** Answers how to cancel it. */
  Runnable after(Duration delay, Runnable task);
}
