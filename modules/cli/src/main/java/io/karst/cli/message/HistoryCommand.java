package io.karst.cli.message;

import io.karst.cli.CommandFailure;
import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.HistoryPage;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a group's past once more. */
@Command(
    name = "history",
    description = {
      "Prints a group's past once more: what this device keeps the keys of, its own or those that",
      "others shared. What listen and chat show next does not change."
    },
    footer = {
      "",
      "A device of a forward-only group has forgotten how to read what it has read.",
      "",
      "Examples:",
      "  karst history caves",
      "  karst history caves --from-epoch 3 --count 20 --json"
    })
public final class HistoryCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "GROUP",
      description =
          "Your name for the group, its id, or the beginning of its id; else the only" + " one.")
  private Optional<String> group = Optional.empty();

  @Option(
      names = "--from-epoch",
      paramLabel = "N",
      description = "Begins with the entry that started this epoch; 1 by default.")
  private long fromEpoch = 1;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Ends after N messages; 0, the default: at the end of the log.")
  private long count;

  private final Sessions sessions;
  private final Output output;

  public HistoryCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    if (fromEpoch < 1) {
      throw CommandFailure.usage("epochs are 1, 2, 3 and so on");
    }
    if (count < 0) {
      throw CommandFailure.usage("--count is not negative");
    }
    try (Session session = sessions.open()) {
      GroupChannel channel = session.group(group);
      var listener = new Listener(output, true, count);
      HistoryPage page = session.await(channel.history(fromEpoch));
      while (printed(page, listener) && page.hasMore()) {
        page = session.await(channel.historyFrom(page.nextOffset()));
      }
    }
    return 0;
  }

  /** Whether more is wanted. */
  private static boolean printed(HistoryPage page, Listener listener) {
    for (ChannelEvent event : page.events()) {
      if (!listener.test(event)) {
        return false;
      }
    }
    return true;
  }
}
