package io.karst.cli;

/** Ends a command with an exit code and one line for the user. */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private CommandFailure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The user asked for something that cannot be. */
  public static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  /** A log does not verify. */
  public static CommandFailure findings(String message) {
    return new CommandFailure(ExitCode.FINDINGS, message);
  }

  /** What somebody says does not verify. */
  public static CommandFailure insecure(String message) {
    return new CommandFailure(ExitCode.INSECURE, message);
  }

  /** A profile or file cannot be used. */
  public static CommandFailure localState(String message) {
    return new CommandFailure(ExitCode.LOCAL_STATE, message);
  }

  /** The server does not answer. */
  public static CommandFailure unreachable(String message) {
    return new CommandFailure(ExitCode.UNREACHABLE, message);
  }

  /** The server says no, or would. */
  public static CommandFailure refused(String message) {
    return new CommandFailure(ExitCode.REFUSED, message);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
