package io.karst.cassandra;

/** Why a node did not start; the message is one line for the person who started it. */
public final class CassandraStartException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What a caller may want to tell apart. */
  public enum Reason {
    /** A port that was asked for is taken. */
    PORT_BUSY,
    /** The data folder cannot be created or written, or its disk is full. */
    DATA_FOLDER_UNUSABLE,
    /** Another node runs on the same data folder. */
    DATA_FOLDER_IN_USE,
    /** Cassandra needs a Java 17 and none was found. */
    NO_JAVA_17,
    /** The folder with Cassandra's jars is missing or empty. */
    NO_NODE_JARS,
    /** The node was not ready in time, and was stopped. */
    TIMED_OUT,
    /** The node ended before it was ready. */
    DIED
  }

  private final Reason reason;

  CassandraStartException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What went wrong. */
  public Reason reason() {
    return reason;
  }
}
