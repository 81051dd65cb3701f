package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.client.api.GroupChannel;
import io.karst.domain.id.MemberId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a member, which reads nothing of what is said from then on. */
@Command(
    name = "remove",
    description =
        "Removes a member, who reads nothing of what is said from then on. Needs the admin role.",
    footer = {"", "Examples:", "  karst group remove caves bob"})
public final class GroupRemoveCommand extends GroupAction {

  @Parameters(index = "1", paramLabel = "MEMBER", description = "Whom to remove.")
  private String member = "";

  public GroupRemoveCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    MemberId id = UserText.member(member);
    printEpoch(channel, "removed " + id, session.await(channel.remove(id)));
  }
}
