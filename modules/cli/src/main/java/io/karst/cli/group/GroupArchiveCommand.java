package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.GroupChannel;
import picocli.CommandLine.Command;

/** Ends a group: nothing more is taken, everything stays readable. */
@Command(
    name = "archive",
    description =
        "Ends a group: nothing more is taken, everything stays readable. Needs the owner role.",
    footer = {"", "Examples:", "  karst group archive caves"})
public final class GroupArchiveCommand extends GroupAction {

  public GroupArchiveCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    session.await(channel.archive());
    output()
        .result(
            "archived " + session.shownName(channel.id()),
            json -> json.addProperty("group", channel.id().value()));
  }
}
