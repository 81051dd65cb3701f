package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sets what a member may do. */
@Command(
    name = "role",
    description = "Sets a member's role. Needs the owner role.",
    footer = {"", "Examples:", "  karst group role caves bob admin"})
public final class GroupRoleCommand extends GroupAction {

  @Parameters(index = "1", paramLabel = "MEMBER", description = "Whose role.")
  private String member = "";

  @Parameters(index = "2", paramLabel = "ROLE", description = "member, admin or owner.")
  private String role = "";

  public GroupRoleCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    MemberId id = UserText.member(member);
    Role asked = UserText.role(role);
    printEpoch(
        channel, id + " is " + UserText.of(asked), session.await(channel.setRole(id, asked)));
  }
}
