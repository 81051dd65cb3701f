package io.karst.simulation;

import io.karst.actors.group.GroupReply;
import io.karst.actors.group.Groups;
import io.karst.actors.member.MemberMessage;
import io.karst.domain.device.DeviceList;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.id.GroupId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells a member's groups of one version of its devices, until each has taken note. */
final class Telling {

  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final World world;
  private final Groups groups;
  private final MemberProcess member;
  private final DeviceList list;
  private final Set<GroupId> underWay = new HashSet<>();
  private boolean stopped;

  Telling(World world, Groups groups, MemberProcess member, DeviceList list) {
    this.world = world;
    this.groups = groups;
    this.member = member;
    this.list = list;
  }

  DeviceList list() {
    return list;
  }

  /** The member has crashed, or has other devices by now. */
  void stop() {
    stopped = true;
  }

  void owed(Set<GroupId> owed) {
    owed.stream().sorted().filter(underWay::add).forEach(this::tell);
  }

  private void tell(GroupId group) {
    var unused = groups
        .ask(group, new GroupCommand.NoteDevices(list))
        .thenAccept(reply -> answered(group, reply));
  }

  private void answered(GroupId group, GroupReply reply) {
    if (stopped) {
      return;
    }
    if (reply instanceof GroupReply.Done) {
      underWay.remove(group);
      member.take(new MemberMessage.GroupsTold(list, List.of(group)));
    } else {
      world.time().after(AGAIN, () -> {
        if (!stopped) {
          tell(group);
        }
      });
    }
  }
}
