package io.karst.bench.measure;

/** Ends the measurement with an exit code and one line for the person who started it. */
public final class LoadFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** What went wrong, as a script sees it. */
  public enum Kind {
    /** The server or Cassandra refused what it should have taken. */
    REFUSED(1),
    /** The command line asks for what cannot be. */
    USAGE(2),
    /** What was acknowledged is not in the log as it was acknowledged. */
    LOST(3),
    /** The server or Cassandra cannot be reached, or does not answer in time. */
    UNREACHABLE(4),
    /** The tool's own server does not start, or its folder cannot be used. */
    LOCAL_STATE(5);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  public LoadFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
