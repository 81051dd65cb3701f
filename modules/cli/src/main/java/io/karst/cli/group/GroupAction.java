package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.GroupChannel;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;

/** A command about one group that exists: opens the device, finds the group, acts, closes. */
abstract class GroupAction implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "GROUP",
      description = "Your name for the group, its id, or the beginning of its id.")
  private String group = "";

  private final Sessions sessions;
  private final Output output;

  GroupAction(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public final Integer call() throws IOException {
    try (Session session = sessions.open()) {
      act(session, session.group(Optional.of(group)));
    }
    return 0;
  }

  /** Does what the command is for. */
  abstract void act(Session session, GroupChannel channel) throws IOException;

  Output output() {
    return output;
  }

  /** Says that a change started a new epoch. */
  final void printEpoch(GroupChannel channel, String what, long epoch) {
    output.result(what + "; epoch " + epoch + " has a fresh key", json -> {
      json.addProperty("group", channel.id().value());
      json.addProperty("epoch", epoch);
    });
  }
}
