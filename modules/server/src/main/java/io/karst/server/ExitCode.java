package io.karst.server;

/**
 * How the program ends. The numbers are listed in {@code --help} and in deployment documentation.
 */
enum ExitCode {
  /** It was asked to stop, and did in order. */
  STOPPED(0),
  /** The command line or the configuration is wrong: starting again would not help. */
  USAGE(2),
  /** A port that was asked for is taken. */
  PORT_BUSY(3),
  /** The data folder cannot be used: not writable, disk full, or in use. */
  DATA_FOLDER(4),
  /**
   * Cassandra did not start, does not answer, lacks its schema, or has ended; or the cluster did
   * not let this node in, or gave it up.
   */
  CASSANDRA(5),
  /** A certificate or key cannot be used. */
  TLS(6),
  /** A bug: the log has a stack trace. */
  BUG(70);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
