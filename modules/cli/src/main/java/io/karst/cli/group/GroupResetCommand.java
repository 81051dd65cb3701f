package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.GroupChannel;
import picocli.CommandLine.Command;

/** Gives up epochs whose keys nobody has. */
@Command(
    name = "reset",
    description = {
      "Gives up the newest epochs whose keys this device did not get, and starts a new one.",
      "For when nobody has the keys: what was said in those epochs stays closed to this device."
    },
    footer = {"", "Examples:", "  karst group reset caves"})
public final class GroupResetCommand extends GroupAction {

  public GroupResetCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    long before = channel.epoch();
    long epoch = session.await(channel.reset());
    String name = session.shownName(channel.id());
    output()
        .result(
            epoch > before
                ? name + " is in epoch " + epoch
                : "this device has the keys of " + name + ": nothing was given up",
            json -> {
              json.addProperty("group", channel.id().value());
              json.addProperty("epoch", epoch);
            });
  }
}
