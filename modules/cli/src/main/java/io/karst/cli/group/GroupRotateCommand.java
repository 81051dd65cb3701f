package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.GroupChannel;
import picocli.CommandLine.Command;

/** Starts a new epoch with a fresh key. */
@Command(
    name = "rotate",
    description = "Starts a new epoch with a fresh key.",
    footer = {"", "Examples:", "  karst group rotate caves"})
public final class GroupRotateCommand extends GroupAction {

  public GroupRotateCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    printEpoch(channel, "rotated", session.await(channel.rotate()));
  }
}
