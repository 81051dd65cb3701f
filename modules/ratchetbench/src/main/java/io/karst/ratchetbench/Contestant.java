package io.karst.ratchetbench;

import java.io.IOException;

/** One library, ready to perform one operation again and again. */
interface Contestant extends AutoCloseable {

  /**
   * Performs the agreed number of operations.
   *
   * @return something that depends on each of them, so that none can be left out
   */
  long run() throws Exception;

  /**
   * Processor time of the whole process, its collector and compiler included, after the last run.
   */
  long cpuNanos();

  @Override
  void close() throws IOException;
}
