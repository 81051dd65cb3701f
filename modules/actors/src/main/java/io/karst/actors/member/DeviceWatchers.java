package io.karst.actors.member;

import io.karst.domain.device.Member;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Which nodes are told when a device is revoked, each until its lease ends.
 *
 * <p>Mutable; owned by one entity. At most {@value #WATCHERS_MAX} a device, of devices that the
 * member has.
 */
final class DeviceWatchers {

  /** One for each node that a device talks to: more than a device finds in an hour. */
  static final int WATCHERS_MAX = 64;

  private final Map<DeviceId, Map<ActorRef<DeviceNews>, Instant>> leases = new HashMap<>();

  /**
   * Adds or renews a watcher and answers it; the one that was heard of longest ago gives way to one
   * too many.
   */
  void add(Member member, MemberMessage.WatchDevice message, Instant now) {
    boolean present = member.device(message.device()).isPresent();
    if (present) {
      Map<ActorRef<DeviceNews>, Instant> watchers =
          leases.computeIfAbsent(message.device(), d -> new LinkedHashMap<>());
      watchers.remove(message.watcher());
      if (watchers.size() == WATCHERS_MAX) {
        watchers.remove(watchers.keySet().iterator().next());
      }
      watchers.put(message.watcher(), now.plus(Members.WATCH_LEASE));
    }
    message.replyTo().tell(news(member, message.device(), present));
  }

  /** Tells the watchers of those devices that are gone. */
  void tell(Member after, Instant now) {
    leases.values().forEach(watchers -> watchers.values().removeIf(now::isAfter));
    leases.forEach((device, watchers) -> {
      if (after.device(device).isEmpty()) {
        watchers.keySet().forEach(watcher -> watcher.tell(news(after, device, false)));
        watchers.clear();
      }
    });
    leases.values().removeIf(Map::isEmpty);
  }

  private static DeviceNews news(Member member, DeviceId device, boolean present) {
    return new DeviceNews(new DeviceAddress(member.id(), device), present);
  }
}
