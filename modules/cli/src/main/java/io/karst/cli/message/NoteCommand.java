package io.karst.cli.message;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.OwnerChannel;
import io.karst.domain.group.Receipt;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sends a text to the user's own other devices. */
@Command(
    name = "note",
    description = "Sends a text to your own other devices.",
    footer = {
      "",
      "Devices that you link later cannot read it.",
      "",
      "Examples:",
      "  karst note \"the milk\""
    })
public final class NoteCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "TEXT", description = "The text.")
  private String text = "";

  private final Sessions sessions;
  private final Output output;

  public NoteCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    TextArgument.require(text);
    try (Session session = sessions.open()) {
      OwnerChannel own = session.device().ownMessages();
      Receipt receipt = session.await(own.send(text));
      output.result("sent: offset " + receipt.offset(), json -> {
        json.addProperty("log", own.id().value());
        json.addProperty("offset", receipt.offset());
        json.addProperty("acceptedAt", receipt.acceptedAt().toString());
      });
    }
    return 0;
  }
}
