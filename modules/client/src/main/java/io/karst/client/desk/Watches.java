package io.karst.client.desk;

import io.karst.client.transport.Failures;
import io.karst.client.verification.Exchange;
import io.karst.client.verification.HeardStep;
import io.karst.client.work.DeviceContext;
import io.karst.domain.id.GroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the logs of a few groups again and again, while something is expected in them. Used on the
 * device's thread.
 *
 * <p>A group has one subscription, and that belongs to the application, whose place it moves. So
 * what is for the desk is looked for beside it, for some minutes at most.
 */
final class Watches {

  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  /** Short against the time that people take. */
  private static final Duration INTERVAL = Duration.ofMillis(500);

  /** Groups that are read at a time; more are not, until one has ended. */
  private static final int GROUPS_MAX = 16;

  private final DeviceContext context;
  private final Consumer<List<HeardStep>> heard;
  private final Runnable rounds;
  private final Map<GroupId, Watch> watches = new HashMap<>();
  private boolean running;

  private record Watch(Tap tap, Instant until) {}

  /** {@code heard} takes what was found, in log order; {@code rounds} runs with each look. */
  Watches(DeviceContext context, Consumer<List<HeardStep>> heard, Runnable rounds) {
    this.context = context;
    this.heard = heard;
    this.rounds = rounds;
  }

  /** Watches a group, for ten minutes from now. Completes when it was read to its end. */
  CompletableFuture<Void> watch(GroupId group) {
    Instant until = context.clock().instant().plus(Exchange.TIME_MAX);
    Watch known = watches.get(group);
    if (known == null && watches.size() >= GROUPS_MAX) {
      return CompletableFuture.failedFuture(
          Parties.impossible("more than " + GROUPS_MAX + " groups are watched"));
    }
    if (known != null) {
      watches.put(group, new Watch(known.tap(), until));
      return CompletableFuture.completedFuture(null);
    }
    var tap = new Tap(context, group);
    return tap.read()
        .thenAcceptAsync(
            steps -> {
              watches.put(group, new Watch(tap, until));
              heard.accept(steps);
              start();
            },
            context.loop());
  }

  private void start() {
    if (!running) {
      running = true;
      context.loop().schedule(INTERVAL, this::look);
    }
  }

  private void look() {
    Instant now = context.clock().instant();
    watches.values().removeIf(watch -> !watch.until().isAfter(now));
    rounds.run();
    running = !watches.isEmpty();
    if (!running) {
      return;
    }
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (Watch watch : new ArrayList<>(watches.values())) {
      done = done.thenComposeAsync(before -> read(watch.tap()), context.loop());
    }
    var unused = done.whenCompleteAsync(
        (all, failure) -> context.loop().schedule(INTERVAL, this::look), context.loop());
  }

  /** A look that fails is followed by the next one. */
  private CompletableFuture<Void> read(Tap tap) {
    return tap.read()
        .handleAsync(
            (steps, failure) -> {
              if (failure == null) {
                heard.accept(steps);
              } else {
                LOG.debug("a group is not read now: {}", Failures.of(failure).getMessage());
              }
              return null;
            },
            context.loop());
  }
}
