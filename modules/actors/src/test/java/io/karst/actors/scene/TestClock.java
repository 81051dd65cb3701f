package io.karst.actors.scene;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Thread-safe. */
public final class TestClock implements InstantSource {

  private volatile Instant now = Instant.ofEpochMilli(1_700_000_000_000L);

  @Override
  public Instant instant() {
    return now;
  }

  public synchronized void advance(Duration time) {
    now = now.plus(time);
  }
}
