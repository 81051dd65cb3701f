package io.karst.cli.chat;

import io.karst.cli.FailureReport;
import io.karst.cli.Surroundings;
import io.karst.cli.message.EventReader;
import io.karst.cli.message.EventText;
import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.GroupChannel;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Talks with a group: what was not read yet, then live messages above the line that is typed. */
@Command(
    name = "chat",
    description = "Talks with a group: what you have not read yet, then live.",
    footer = {
      "",
      "While it runs, the profile's store is in use: other commands need another profile.",
      "",
      "Examples:",
      "  karst chat caves",
      "  karst chat --as bob"
    })
public final class ChatCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "GROUP",
      description = "The group; without it, the only one there is.")
  private Optional<String> group = Optional.empty();

  private final Surroundings surroundings;
  private final Sessions sessions;
  private final Output output;

  public ChatCommand(Surroundings surroundings, Sessions sessions, Output output) {
    this.surroundings = surroundings;
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    try (Session session = sessions.open()) {
      GroupChannel channel = session.group(group);
      String name = session.shownName(channel.id());
      try (Screen screen = screen(name)) {
        screen.print(name + " (" + channel.id() + "), epoch " + channel.epoch()
            + "; /help lists the commands");
        talk(session, channel, screen);
      }
    }
    return 0;
  }

  private void talk(Session session, GroupChannel channel, Screen screen) {
    var text = new EventText(output);
    var reader = new EventReader(event -> {
      event.match(text).ifPresent(screen::print);
      return true;
    });
    CompletableFuture<Boolean> shown =
        reader.ended().handle((nothing, failure) -> showEnd(screen, failure));
    session.device().events().subscribe(new RequestNotice(screen));
    channel.receive().subscribe(reader);
    var conversation = new Conversation(session, channel, screen);
    boolean goesOn = true;
    while (goesOn) {
      goesOn = screen
          .readLine()
          .map(line -> ChatLine.parse(line).match(conversation))
          .orElse(false);
    }
    conversation.finish();
    reader.stop();
    session.await(shown);
  }

  /** Called by the SDK's threads, and at the end by this one. */
  private static boolean showEnd(Screen screen, @Nullable Throwable failure) {
    if (failure != null) {
      screen.print("the chat ends: " + FailureReport.oneLine(failure));
      screen.end();
    }
    return true;
  }

  private Screen screen(String name) {
    return surroundings.ofThisProcess()
        ? TerminalScreen.open(name + "> ").orElseGet(() -> new PlainScreen(surroundings))
        : new PlainScreen(surroundings);
  }
}
