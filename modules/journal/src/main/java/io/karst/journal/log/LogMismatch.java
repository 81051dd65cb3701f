package io.karst.journal.log;

/**
 * A record that does not continue the log that it is said to continue.
 *
 * <p>Either the journal was damaged or forged, or somebody else has written to it: no writer may go
 * on.
 */
public final class LogMismatch extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What disagrees. */
  public enum Kind {
    /** The record starts at another offset than the log's next. */
    OFFSET,
    /** No rule could have decided the event in this state. */
    EVENT,
    /** The record names another current epoch. */
    EPOCH,
    /** The record names another Merkle root. */
    ROOT
  }

  private final Kind kind;
  private final long offset;

  LogMismatch(Kind kind, long offset, String message) {
    super(message);
    this.kind = kind;
    this.offset = offset;
  }

  LogMismatch(Kind kind, long offset, RuntimeException cause) {
    super("at offset " + offset + ": " + cause.getMessage(), cause);
    this.kind = kind;
    this.offset = offset;
  }

  public Kind kind() {
    return kind;
  }

  /** The offset that the log has reached. */
  public long offset() {
    return offset;
  }
}
