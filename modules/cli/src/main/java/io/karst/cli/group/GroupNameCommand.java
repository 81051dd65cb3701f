package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.GroupChannel;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a group a name of the user's own. */
@Command(
    name = "name",
    description = "Gives a group your own name for it. It never leaves this device.",
    footer = {"", "Examples:", "  karst group name 3f2a caves"})
public final class GroupNameCommand extends GroupAction {

  @Parameters(index = "1", paramLabel = "NAME", description = "Your name for the group.")
  private String name = "";

  public GroupNameCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) throws IOException {
    session.names().name(channel.id(), name);
    output().result(channel.id() + " is now " + name, json -> {
      json.addProperty("group", channel.id().value());
      json.addProperty("name", name);
      json.addProperty("epoch", channel.epoch());
    });
  }
}
