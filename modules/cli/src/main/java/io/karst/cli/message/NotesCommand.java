package io.karst.cli.message;

import io.karst.cli.CommandFailure;
import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Ends after this many messages (0: never); fewer in time are a failure.")
  private long count;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "Ends after this many seconds (0: never).")
  private long timeoutSeconds;

  private final Sessions sessions;
  private final Output output;

  public NotesCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    if (count < 0 || timeoutSeconds < 0) {
      throw CommandFailure.usage("--count and --timeout are not negative");
    }
    try (Session session = sessions.open()) {
      var listener = new Listener(output, true, count);
      var reader = new EventReader(listener);
      session.device().ownMessages().receive().subscribe(reader);
      if (!reader.endedWithin(timeoutSeconds) && count > 0) {
        throw CommandFailure.unreachable(
            listener.messages() + " of " + count + " messages within " + timeoutSeconds + " s");
      }
      reader.stop();
    }
    return 0;
  }
}
