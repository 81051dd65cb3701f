package io.karst.client.history;

import io.karst.client.work.DeviceLoop;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.GroupId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Holds up who would read messages of epochs whose keys are asked for just now, so that they are
 * told readable and in order. Used on the device's thread.
 *
 * <p>Each climb holds up once, for a bounded time: after that what cannot be read is told as such.
 */
final class Holds {

  /** Two rounds of questions; a person looks at an empty screen no longer. */
  static final Duration HOLD_MAX = Duration.ofSeconds(12);

  private final DeviceLoop loop;
  private final Map<Held, CompletableFuture<Void>> holds = new HashMap<>();

  private record Held(GroupId group, EpochRange epochs) {}

  Holds(DeviceLoop loop) {
    this.loop = loop;
  }

  /** Completes when the hold is over. */
  CompletableFuture<Void> on(GroupId group, EpochRange epochs) {
    return holds.computeIfAbsent(new Held(group, epochs), held -> {
      CompletableFuture<Void> over = new CompletableFuture<>();
      loop.schedule(HOLD_MAX, () -> over.complete(null));
      return over;
    });
  }

  /** Ends a hold. */
  void release(GroupId group, EpochRange epochs) {
    CompletableFuture<Void> over = holds.remove(new Held(group, epochs));
    if (over != null) {
      over.complete(null);
    }
  }
}
