package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.GroupChannel;
import picocli.CommandLine.Command;

/** Reports that a group's key may be known outside. */
@Command(
    name = "report",
    description = {
      "Reports that somebody outside may know the group's key.",
      "The group takes no message before somebody has rotated; the next who sends does."
    },
    footer = {"", "Examples:", "  karst group report caves"})
public final class GroupReportCommand extends GroupAction {

  public GroupReportCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    session.await(channel.reportCompromise());
    output()
        .result(
            "reported; a rotation of " + session.shownName(channel.id()) + " is due at once",
            json -> json.addProperty("group", channel.id().value()));
  }
}
