package io.karst.client.channel;

import io.karst.client.api.ChannelEvent;
import io.karst.client.epoch.Committer;
import io.karst.client.work.DeviceContext;
import io.karst.domain.id.GroupId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates when a rotation is due and its deadline lies ahead. Used on the device's thread.
 *
 * <p>Every device that listens waits a random part of the time that is left, and then rotates
 * unless another did: so one commits, and the others adopt its epoch. When none does before the
 * deadline, the next sender has to.
 *
 * <p>That a rotation is due is stored with the place behind its entry, so that a device which
 * starts anew, or was cut off, takes its turn once it has read everything.
 */
final class RotationTurn {

  private static final Logger LOG = LoggerFactory.getLogger(RotationTurn.class);

  private final DeviceContext context;
  private final GroupId group;
  private final Committer committer;
  private Optional<Instant> awaited = Optional.empty();

  RotationTurn(DeviceContext context, GroupId group, Committer committer) {
    this.context = context;
    this.group = group;
    this.committer = committer;
  }

  /** Takes what was read of the log, once it is stored. */
  void heed(List<ChannelEvent> events) {
    boolean concerned = events.stream()
        .anyMatch(event ->
            event instanceof ChannelEvent.RotationDue || event instanceof ChannelEvent.CaughtUp);
    if (concerned) {
      context
          .memory()
          .transaction(memory -> memory.tables().groups().rotationDue(group))
          .filter(deadline -> !awaited.equals(Optional.of(deadline)))
          .ifPresent(this::await);
    }
  }

  /** What is left to others because it failed is tried again when the device is back. */
  private void await(Instant deadline) {
    Duration left = Duration.between(context.clock().instant(), deadline);
    if (left.toMillis() > 0) {
      awaited = Optional.of(deadline);
      context.loop().schedule(partOf(left), () -> {
        awaited = Optional.empty();
        rotate();
      });
    }
  }

  private void rotate() {
    var unused = committer.rotateIfDue(group).whenComplete((epoch, failure) -> {
      if (failure != null) {
        LOG.debug("a rotation that is due is left to others", failure);
      }
    });
  }

  /** Ends before the deadline, so that what is sent just then still finds an epoch open. */
  private Duration partOf(Duration left) {
    long bound = Math.max(1, left.toMillis() / 2);
    long drawn = ByteBuffer.wrap(context.random().next(Long.BYTES)).getLong();
    return Duration.ofMillis(Long.remainderUnsigned(drawn, bound));
  }
}
