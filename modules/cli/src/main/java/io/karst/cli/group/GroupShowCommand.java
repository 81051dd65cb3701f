package io.karst.cli.group;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.karst.cli.output.Output;
import io.karst.cli.output.Table;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.GroupMember;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows who is in a group and which epoch it is in. */
@Command(
    name = "show",
    description = "Shows a group's members and its epoch, checked against the signed roster.",
    footer = {"", "Examples:", "  karst group show caves", "  karst group show 3f2a --json"})
public final class GroupShowCommand extends GroupAction {

  public GroupShowCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    List<GroupMember> members = session.await(channel.members());
    if (output().json()) {
      output().out().println(output().jsonLine(json -> fill(json, session, channel, members)));
      return;
    }
    output().line("group   " + session.shownName(channel.id()) + " (" + channel.id() + ")");
    output().line("epoch   " + channel.epoch());
    var table = new Table("MEMBER", "ROLE", "DEVICES", "VERIFIED");
    members.forEach(each -> table.add(
        each.id().value(),
        UserText.of(each.role()),
        String.join(" ", devices(channel, each)),
        verified(session, each)));
    table.print(output().out());
  }

  private static void fill(
      JsonObject json, Session session, GroupChannel channel, List<GroupMember> members) {
    json.addProperty("group", channel.id().value());
    session.names().nameOf(channel.id()).ifPresent(name -> json.addProperty("name", name));
    json.addProperty("epoch", channel.epoch());
    var array = new JsonArray();
    for (GroupMember each : members) {
      var member = new JsonObject();
      member.addProperty("member", each.id().value());
      member.addProperty("role", UserText.of(each.role()));
      var devices = new JsonArray();
      devices(channel, each).forEach(devices::add);
      member.add("devices", devices);
      member.addProperty(
          "verified", session.device().verifications().trust(each.id()).isVerified());
      array.add(member);
    }
    json.add("members", array);
  }

  /** Whether this device's person has made sure of the member. */
  private static String verified(Session session, GroupMember member) {
    return switch (session.device().verifications().trust(member.id()).standing()) {
      case UNKNOWN, FIRST_USE -> "no";
      case VERIFIED -> "yes";
      case CHANGED -> "CHANGED";
    };
  }

  /** The member's devices in the signed roster. */
  private static List<String> devices(GroupChannel channel, GroupMember member) {
    return channel.manifest().stream()
        .flatMap(signed -> signed.manifest().roster().stream())
        .filter(entry -> entry.address().member().equals(member.id()))
        .map(entry -> entry.address().device().value())
        .toList();
  }
}
