package io.karst.edge.standing;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.karst.actors.member.DeviceNews;
import io.karst.actors.member.Members;
import io.karst.domain.id.DeviceAddress;
import io.karst.edge.stream.Streams;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Knows of every device that uses this node whether it was revoked.
 *
 * <p>A node asks a device's member once, and is told from then on: the member pushes a revocation,
 * and answers each renewal, so that one which another node's crash swallowed is noticed within
 * {@link Members#WATCH_RENEWAL}. A revocation ends the device's open streams. Thread-safe.
 */
public final class DeviceStandings {

  /** Devices of one node that call within a minute. One more costs another question. */
  private static final int KNOWN_MAX = 20_000;

  private final Members members;
  private final Streams streams;
  private final ActorRef<DeviceNews> ear;
  private final AsyncCache<DeviceAddress, Boolean> known = Caffeine.newBuilder()
      .maximumSize(KNOWN_MAX)
      .expireAfterAccess(Members.WATCH_LEASE)
      .executor(Runnable::run)
      .buildAsync();

  /** Asks {@code members}, and ends {@code streams} of devices that are revoked. */
  public DeviceStandings(ActorSystem<?> system, Members members, Streams streams) {
    this.members = members;
    this.streams = streams;
    this.ear = system.systemActorOf(listening(), "device-standings", Props.empty());
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Members.WATCH_RENEWAL, Members.WATCH_RENEWAL, this::renew, system.executionContext());
  }

  /** Whether the device is its member's; fails when nobody knows at the moment. */
  public CompletionStage<Boolean> isPresent(DeviceAddress device) {
    return known.get(device, (asked, executor) -> members.watch(asked, ear).toCompletableFuture());
  }

  private Behavior<DeviceNews> listening() {
    return Behaviors.receiveMessage(news -> {
      heard(news);
      return Behaviors.same();
    });
  }

  private void heard(DeviceNews news) {
    if (!news.present()) {
      known.put(news.device(), CompletableFuture.completedFuture(false));
      streams.revoke(news.device());
    }
  }

  /** Asks again for devices that called of late, or have a stream. */
  private void renew() {
    Set<DeviceAddress> used = new HashSet<>(known.asMap().keySet());
    used.addAll(streams.owners());
    used.forEach(device -> members.watch(device, ear).handle((present, failure) -> {
      // Whom nobody answered for is asked for again.
      if (failure == null) {
        ear.tell(new DeviceNews(device, present));
      }
      return device;
    }));
  }
}
