package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.client.api.GroupChannel;
import io.karst.domain.id.MemberId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a group with its first members; the creator is its owner. */
@Command(
    name = "create",
    description = "Creates a group; you are its owner.",
    footer = {
      "",
      "Examples:",
      "  karst group create caves",
      "  karst group create caves --member bob --member carol"
    })
public final class GroupCreateCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "NAME",
      description = "Your own name for the group. It never leaves this device.")
  private String name = "";

  @Option(
      names = "--member",
      paramLabel = "MEMBER",
      description = "Somebody to be in the group from the beginning; repeat it for more.")
  private List<String> members = List.of();

  private final Sessions sessions;
  private final Output output;

  public GroupCreateCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    List<MemberId> ids = members.stream().map(UserText::member).distinct().toList();
    try (Session session = sessions.open()) {
      session.names().requireFree(name);
      GroupChannel channel = session.await(session.device().createGroup(name, ids));
      session.names().name(channel.id(), name);
      output.result("created " + name + " (" + channel.id() + ")", json -> {
        json.addProperty("group", channel.id().value());
        json.addProperty("name", name);
        json.addProperty("epoch", channel.epoch());
      });
    }
    return 0;
  }
}
