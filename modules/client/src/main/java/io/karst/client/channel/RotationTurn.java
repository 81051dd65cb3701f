package io.karst.client.channel;

import io.karst.client.api.ChannelEvent;
import io.karst.client.epoch.Committer;
import io.karst.client.work.DeviceContext;
import io.karst.domain.id.GroupId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates when a rotation is due and its deadline lies ahead. Used on the device's thread.
 *
 * <p>Every device that listens waits a random part of the time that is left, and then rotates
 * unless another did: so one commits, and the others adopt its epoch. When none does before the
 * deadline, the next sender has to.
 */
final class RotationTurn {

  private static final Logger LOG = LoggerFactory.getLogger(RotationTurn.class);

  private final DeviceContext context;
  private final GroupId group;
  private final Committer committer;

  RotationTurn(DeviceContext context, GroupId group, Committer committer) {
    this.context = context;
    this.group = group;
    this.committer = committer;
  }

  /** Takes what was read of the log. */
  void heed(List<ChannelEvent> events) {
    for (ChannelEvent event : events) {
      if (event instanceof ChannelEvent.RotationDue due) {
        Duration left = Duration.between(context.clock().instant(), due.deadline());
        if (left.toMillis() > 0) {
          context.loop().schedule(partOf(left), this::rotate);
        }
      }
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
