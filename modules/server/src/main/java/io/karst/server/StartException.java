package io.karst.server;

/** Why the server does not start; the message is one line for the person who started it. */
final class StartException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  StartException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
