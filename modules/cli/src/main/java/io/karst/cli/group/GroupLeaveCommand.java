package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.GroupChannel;
import picocli.CommandLine.Command;

/** Takes the caller out of a group. */
@Command(
    name = "leave",
    description = "Takes you out of a group. The others' next message starts a new epoch.",
    footer = {"", "Examples:", "  karst group leave caves"})
public final class GroupLeaveCommand extends GroupAction {

  public GroupLeaveCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    session.await(channel.leave());
    output()
        .result(
            "left " + session.shownName(channel.id()),
            json -> json.addProperty("group", channel.id().value()));
  }
}
