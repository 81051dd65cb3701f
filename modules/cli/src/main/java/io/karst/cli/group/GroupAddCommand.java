package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a member, which reads what is said from then on. */
@Command(
    name = "add",
    description = "Adds a member, who reads what is said from then on. Needs the admin role.",
    footer = {
      "",
      "Examples:",
      "  karst group add caves carol",
      "  karst group add caves carol --role admin"
    })
public final class GroupAddCommand extends GroupAction {

  @Parameters(index = "1", paramLabel = "MEMBER", description = "Whom to add.")
  private String member = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "member, admin or owner (default: ${DEFAULT-VALUE}).")
  private String role = "member";

  public GroupAddCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    MemberId id = UserText.member(member);
    Role asked = UserText.role(role);
    printEpoch(channel, "added " + id, session.await(channel.add(id, asked)));
  }
}
