package io.karst.cli.message;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what the user's own other devices say, until told to stop. */
@Command(
    name = "notes",
    description = "Prints what your other devices sent by note: what is unread, then live.",
    footer = {
      "",
      "A message is shown once: the next notes goes on after it.",
      "",
      "Examples:",
      "  karst notes --count 1 --timeout 60"
    })
public final class NotesCommand implements Callable<Integer> {

  @Mixin
  private ListenLimits limits = new ListenLimits();

  private final Sessions sessions;
  private final Output output;

  public NotesCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    limits.requireSensible();
    try (Session session = sessions.open()) {
      limits.listen(
          session.device().ownMessages().receive(), new Listener(output, true, limits.count()));
    }
    return 0;
  }
}
