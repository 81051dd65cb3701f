package io.karst.cli.group;

import io.karst.cli.output.Output;
import io.karst.cli.output.Table;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.GroupChannel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the groups that this device is in. */
@Command(
    name = "list",
    description = "Lists the groups that this device is in.",
    footer = {"", "Examples:", "  karst group list", "  karst group list --json"})
public final class GroupListCommand implements Callable<Integer> {

  private final Sessions sessions;
  private final Output output;

  public GroupListCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    try (Session session = sessions.open()) {
      List<GroupChannel> groups = session.groups();
      if (output.json()) {
        groups.forEach(channel -> output.out().println(json(session, channel)));
      } else if (groups.isEmpty()) {
        output.line("no groups: make one with karst group create NAME");
      } else {
        table(session, groups).print(output.out());
      }
    }
    return 0;
  }

  private String json(Session session, GroupChannel channel) {
    return output.jsonLine(json -> {
      json.addProperty("group", channel.id().value());
      session.names().nameOf(channel.id()).ifPresent(name -> json.addProperty("name", name));
      json.addProperty("epoch", channel.epoch());
    });
  }

  private static Table table(Session session, List<GroupChannel> groups) {
    var table = new Table("NAME", "EPOCH", "DEVICES", "ID");
    for (GroupChannel channel : groups) {
      table.add(
          session.names().nameOf(channel.id()).orElse("-"),
          Long.toString(channel.epoch()),
          channel.manifest().map(each -> each.manifest().roster().size() + "").orElse("?"),
          channel.id().value());
    }
    return table;
  }
}
