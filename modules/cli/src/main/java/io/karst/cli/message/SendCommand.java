package io.karst.cli.message;

import io.karst.cli.Surroundings;
import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Receipt;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sends a text, or each line of the standard input, to a group. */
@Command(
    name = "send",
    description = "Sends a text to a group, or each line of the standard input that is not empty.",
    footer = {"", "Examples:", "  karst send caves \"hello\"", "  ls | karst send caves -"})
public final class SendCommand implements Callable<Integer> {

  /** Lines on their way: as many as one frame to the server takes. */
  private static final int IN_FLIGHT_MAX = 64;

  @Parameters(
      index = "0",
      paramLabel = "GROUP",
      description = "Your name for the group, its id, or the beginning of its id.")
  private String group = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "The text; - or nothing means the lines of the standard input.")
  private String text = "-";

  private final Surroundings surroundings;
  private final Sessions sessions;
  private final Output output;

  public SendCommand(Surroundings surroundings, Sessions sessions, Output output) {
    this.surroundings = surroundings;
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    TextArgument.require(text);
    try (Session session = sessions.open()) {
      GroupChannel channel = session.group(Optional.of(group));
      if (text.equals("-")) {
        sendLines(session, channel);
      } else {
        print(session.await(channel.send(text)));
      }
    }
    return 0;
  }

  private void sendLines(Session session, GroupChannel channel) throws IOException {
    var lines = new TextLines(surroundings.in());
    Queue<CompletableFuture<Receipt>> inFlight = new ArrayDeque<>();
    try {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        if (line.get().isEmpty()) {
          continue;
        }
        inFlight.add(channel.send(line.get()));
        if (inFlight.size() == IN_FLIGHT_MAX) {
          print(session.await(inFlight.remove()));
        }
      }
    } finally {
      printAll(session, inFlight);
    }
  }

  /** What came before a line that cannot be sent was sent, and is said to be. */
  private void printAll(Session session, Queue<CompletableFuture<Receipt>> inFlight) {
    while (!inFlight.isEmpty()) {
      print(session.await(inFlight.remove()));
    }
  }

  private void print(Receipt receipt) {
    output.result("sent: offset " + receipt.offset(), json -> {
      json.addProperty("offset", receipt.offset());
      json.addProperty("acceptedAt", receipt.acceptedAt().toString());
    });
  }
}
