package io.karst.cli.message;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what happens in a group, until told to stop. */
@Command(
    name = "listen",
    description = "Prints what happens in a group: what this device has not read yet, then live.",
    footer = {
      "",
      "A message is shown once: the next listen or chat goes on after it.",
      "",
      "Examples:",
      "  karst listen caves",
      "  karst listen caves --json --count 10 --timeout 60"
    })
public final class ListenCommand implements Callable<Integer> {

  /** Where listening begins. */
  enum From {
    /** After the last event that this device took. */
    cursor,
    /** With what happens from now on; what was not read is passed over. */
    now
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "GROUP",
      description = "The group; without it, the only one there is.")
  private Optional<String> group = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "WHERE",
      description = "cursor = what this device has not read yet; now = only what is new"
          + " (default: ${DEFAULT-VALUE}).")
  private From from = From.cursor;

  @Mixin
  private ListenLimits limits = new ListenLimits();

  private final Sessions sessions;
  private final Output output;

  public ListenCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    limits.requireSensible();
    try (Session session = sessions.open()) {
      limits.listen(
          session.group(group).receive(),
          new Listener(output, from == From.cursor, limits.count()));
    }
    return 0;
  }
}
