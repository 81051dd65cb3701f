package io.karst.domain.walk;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Decision;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The part of the model that judges what members say of their devices. */
final class DeviceNewsModel {

  private DeviceNewsModel() {}

  static Decision decide(GroupModel group, DeviceList list) {
    if (!group.members.containsKey(list.member()) || group.archived) {
      return Decision.accept();
    }
    Set<DeviceIdentity> has = new HashSet<>(list.devices());
    List<RosterEntry> current = roster(group, list, 1);
    boolean older = current.stream().anyMatch(entry -> entry.deviceListVersion() > list.version());
    boolean sameChain = current.stream().anyMatch(entry -> has.contains(entry.identity()));
    if (older && sameChain) {
      return Decision.accept();
    }
    Set<DeviceId> gone = new TreeSet<>();
    boolean now = false;
    for (int back = 1; back <= 2; back++) {
      for (RosterEntry entry : roster(group, list, back)) {
        boolean fresh = !has.contains(entry.identity()) && !group.revoked.contains(entry.address());
        if (fresh) {
          gone.add(entry.identity().device());
        }
      }
    }
    for (DeviceId device : gone) {
      now |= group.current().roster.containsKey(new DeviceAddress(list.member(), device));
    }
    current.forEach(entry -> has.remove(entry.identity()));
    var events = new ArrayList<GroupEvent>();
    if (!gone.isEmpty()) {
      events.add(new GroupEvent.DevicesRevoked(list.member(), List.copyOf(gone), group.at));
    }
    if (now) {
      events.add(new GroupEvent.RotationDue(RotationReason.DEVICE_REMOVED, group.at, group.at));
    }
    if (!has.isEmpty() && !group.due.containsKey(RotationReason.DEVICE_ADDED)) {
      events.add(new GroupEvent.RotationDue(
          RotationReason.DEVICE_ADDED, group.at.plus(Duration.ofMinutes(1)), group.at));
    }
    return new Decision.Accepted(events);
  }

  static void checkNobodyRevoked(GroupModel group, Manifest manifest) {
    for (RosterEntry entry : manifest.roster()) {
      GroupModel.refuseUnless(!group.revoked.contains(entry.address()), Reason.ROSTER_MISMATCH);
    }
  }

  /** Devices outside the last two rosters need not be remembered. */
  static void forget(GroupModel group) {
    int last = group.epochs.size() - 2;
    group.revoked.removeIf(
        device -> last < 0 || !group.epochs.get(last).roster.containsKey(device));
  }

  /** One device of a roster, to be compared as text. */
  static String line(MemberId member, long version, DeviceIdentity identity) {
    return String.join(
        " ",
        member.value(),
        Long.toString(version),
        identity.device().value(),
        identity.ed25519Key().toHex(),
        identity.curve25519Key().toHex());
  }

  private static List<RosterEntry> roster(GroupModel group, DeviceList list, int back) {
    int index = group.epochs.size() - back;
    return index < 0
        ? List.of()
        : group.epochs.get(index).signed.manifest().roster().stream()
            .filter(entry -> entry.member().equals(list.member()))
            .toList();
  }
}
