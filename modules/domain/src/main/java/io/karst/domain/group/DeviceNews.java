package io.karst.domain.group;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a member's device list means to a group: which devices of its rosters are revoked, and
 * whether the newest roster lacks one.
 *
 * <p>Told again, it means nothing more. A list older than the one that the roster was taken from
 * means nothing either: tellings can overtake each other.
 */
record DeviceNews(Group group, DeviceList list) {

  List<GroupEvent> events(Instant at) {
    var events = new ArrayList<GroupEvent>();
    if (!group.has(list.member()) || group.archived() || isOld()) {
      return events;
    }
    List<DeviceId> revoked = revoked();
    if (!revoked.isEmpty()) {
      events.add(new GroupEvent.DevicesRevoked(list.member(), revoked, at));
      if (revoked.stream().anyMatch(device -> group.epoch().has(address(device)))) {
        events.add(new GroupEvent.RotationDue(RotationReason.DEVICE_REMOVED, at, at));
      }
    }
    if (lacksOne() && !group.isDue(RotationReason.DEVICE_ADDED)) {
      Instant deadline = group.policy().deviceDeadline(at);
      events.add(new GroupEvent.RotationDue(RotationReason.DEVICE_ADDED, deadline, at));
    }
    return events;
  }

  /** A lower version in which a device of the roster lives on; with none, it is another chain. */
  private boolean isOld() {
    List<RosterEntry> roster = entries(group.epoch()).toList();
    boolean lower = roster.stream().anyMatch(e -> e.deviceListVersion() > list.version());
    return lower && roster.stream().anyMatch(e -> list.devices().contains(e.identity()));
  }

  private List<DeviceId> revoked() {
    return Stream.of(group.epochs().previous(), group.epoch())
        .flatMap(this::entries)
        .filter(entry -> !list.devices().contains(entry.identity()))
        .filter(entry -> !group.revoked().contains(entry.address()))
        .map(entry -> entry.identity().device())
        .distinct()
        .sorted()
        .toList();
  }

  private boolean lacksOne() {
    List<DeviceIdentity> roster =
        entries(group.epoch()).map(RosterEntry::identity).toList();
    return !roster.containsAll(list.devices());
  }

  private Stream<RosterEntry> entries(Epoch epoch) {
    return epoch.roster().values().stream().filter(entry -> entry.member().equals(list.member()));
  }

  private DeviceAddress address(DeviceId device) {
    return new DeviceAddress(list.member(), device);
  }
}
