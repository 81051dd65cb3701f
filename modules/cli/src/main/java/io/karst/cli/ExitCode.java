package io.karst.cli;

/** What the program's exit code tells a script. The numbers are listed in {@code docs/cli.md}. */
public enum ExitCode {
  OK(0),
  /** The server refused, for the reason that is printed. */
  REFUSED(1),
  /** The command line asks for something that does not exist or cannot be. */
  USAGE(2),
  /** The audit found something. */
  FINDINGS(3),
  /** The server cannot be reached, or does not answer in time. */
  UNREACHABLE(4),
  /** The profile or its store cannot be used: wrong password, in use, disk. */
  LOCAL_STATE(5),
  /** What the server or a member said does not verify. */
  INSECURE(6),
  /** A mistake in this program. */
  BUG(70);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
