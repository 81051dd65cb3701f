package io.karst.actors.member;

import io.karst.domain.device.Device;
import io.karst.domain.device.Member;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Who is told when an inbox gets an item, each until its lease ends.
 *
 * <p>Mutable; owned by one entity. At most {@value #WATCHERS_MAX} a device, of devices that the
 * member has.
 */
final class InboxWatchers {

  /** A device has one stream; while it reconnects, one or two more that have not noticed yet. */
  static final int WATCHERS_MAX = 4;

  private final Map<DeviceId, Map<ActorRef<InboxChanged>, Instant>> leases = new HashMap<>();

  /**
   * Adds or renews a watcher and tells it where the inbox is; the oldest one gives way to a fifth.
   */
  void add(Member member, DeviceId device, ActorRef<InboxChanged> watcher, Instant now) {
    if (member.device(device).isEmpty()) {
      return;
    }
    Map<ActorRef<InboxChanged>, Instant> watchers =
        leases.computeIfAbsent(device, d -> new LinkedHashMap<>());
    watchers.remove(watcher);
    if (watchers.size() == WATCHERS_MAX) {
      watchers.remove(watchers.keySet().iterator().next());
    }
    watchers.put(watcher, now.plus(Members.WATCH_LEASE));
    watcher.tell(changed(member, device));
  }

  void remove(DeviceId device, ActorRef<InboxChanged> watcher) {
    leases.computeIfPresent(device, (d, watchers) -> {
      watchers.remove(watcher);
      return watchers;
    });
  }

  /** Tells the watchers of those inboxes that got an item. */
  void tell(Member before, Member after, Instant now) {
    leases.values().forEach(watchers -> watchers.values().removeIf(now::isAfter));
    leases.values().removeIf(Map::isEmpty);
    leases.forEach((device, watchers) -> {
      if (lastSequence(after, device) > lastSequence(before, device)) {
        watchers.keySet().forEach(watcher -> watcher.tell(changed(after, device)));
      }
    });
  }

  private static InboxChanged changed(Member member, DeviceId device) {
    return new InboxChanged(new DeviceAddress(member.id(), device), lastSequence(member, device));
  }

  private static long lastSequence(Member member, DeviceId device) {
    return member
        .device(device)
        .map(Device::inbox)
        .map(inbox -> inbox.lastSequence())
        .orElse(0L);
  }
}
