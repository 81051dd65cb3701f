package io.karst.bench.measure;

import java.time.Duration;

/** One way of writing envelopes durably. */
public interface Contender {

  /** What a report calls it. */
  Label label();

  /**
   * Writes for {@code time}, with as much under way as was agreed at most, and waits for the last
   * answer.
   *
   * @throws LoadFailure when anything was not taken: a rate with refusals in it means nothing
   */
  Round run(Duration time) throws LoadFailure, InterruptedException;

  /**
   * A name for people and one for programs.
   *
   * @param key stable: scripts compare runs by it
   * @param text what is written, and how
   * @param latencyOf what the times are measured of
   */
  record Label(String key, String text, String latencyOf) {}
}
