package io.karst.cli.verify;

import static java.util.stream.Collectors.joining;

import io.karst.cli.CommandFailure;
import io.karst.cli.session.Session;
import io.karst.cli.session.UserText;
import io.karst.client.api.GroupChannel;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The other side's device, and a group that it is in too. */
record MeetingPlace(GroupId group, DeviceAddress peer) {

  /**
   * Finds both.
   *
   * @param meant the group that the user named
   * @param who a member with one other device in the group, or a device
   */
  static MeetingPlace find(Session session, Optional<GroupChannel> meant, String who)
      throws IOException {
    Optional<DeviceAddress> device =
        who.contains("/") ? Optional.of(UserText.address(who)) : Optional.empty();
    MemberId member = device.map(DeviceAddress::member).orElseGet(() -> UserText.member(who));
    DeviceAddress self = session.device().address();
    List<GroupChannel> groups = meant.isPresent() ? List.of(meant.get()) : session.groups();
    for (GroupChannel channel : groups) {
      List<DeviceAddress> there = devices(channel, member).stream()
          .filter(each -> !each.equals(self) && device.map(each::equals).orElse(true))
          .toList();
      if (there.size() == 1) {
        return new MeetingPlace(channel.id(), there.get(0));
      }
      if (there.size() > 1) {
        throw CommandFailure.usage(
            "which device? " + there.stream().map(DeviceAddress::toString).collect(joining(", ")));
      }
    }
    throw CommandFailure.usage("no group in which " + who + " is, too");
  }

  private static List<DeviceAddress> devices(GroupChannel channel, MemberId member) {
    return channel.manifest().stream()
        .flatMap(signed -> signed.manifest().roster().stream())
        .map(RosterEntry::address)
        .filter(address -> address.member().equals(member))
        .toList();
  }
}
