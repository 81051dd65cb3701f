package io.karst.actors.group;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Who is told of a group's writes, each until its lease ends.
 *
 * <p>Mutable; owned by one entity. Leases instead of watches: a follower repeats itself anyway,
 * because the entity may have moved.
 */
final class Followers {

  /** One for each node of a large cluster. */
  static final int FOLLOWERS_MAX = 256;

  /**
   * How long a follower is told after it last said that it follows; feeds say so every few seconds.
   */
  static final Duration LEASE = Duration.ofSeconds(30);

  private final Map<ActorRef<GroupNews>, Instant> leases = new HashMap<>();

  /** Whether there was room. */
  boolean add(ActorRef<GroupNews> follower, Instant now) {
    if (leases.size() >= FOLLOWERS_MAX && !leases.containsKey(follower)) {
      leases.values().removeIf(now::isAfter);
    }
    if (leases.size() >= FOLLOWERS_MAX && !leases.containsKey(follower)) {
      return false;
    }
    leases.put(follower, now.plus(LEASE));
    return true;
  }

  void remove(ActorRef<GroupNews> follower) {
    leases.remove(follower);
  }

  void tell(GroupNews news, Instant now) {
    leases.values().removeIf(now::isAfter);
    leases.keySet().forEach(follower -> follower.tell(news));
  }
}
