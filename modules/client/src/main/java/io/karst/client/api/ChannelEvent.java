package io.karst.client.api;

import io.karst.domain.access.UnreadableReason;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happened in a group, in the order of its log. */
public sealed interface ChannelEvent {

  <R> R match(Cases<R> cases);

  /**
   * A message that was read. The sender's own messages come too, at their place in the log.
   *
   * <p>One that the server had hidden comes late: behind a {@link SecurityWarning} of the same
   * offset, and after messages of higher offsets.
   *
   * @param offset its place in the log
   * @param epoch under which it was encrypted
   * @param acceptedAt when the server took it
   * @param vouchedBy the device that gave the keys, when this one did not have its own: that the
   *     sender signed the ciphertext is proven, that it means this is that device's word
   */
  record Message(
      long offset,
      long epoch,
      DeviceAddress sender,
      ClientId clientId,
      Instant acceptedAt,
      Content content,
      Optional<DeviceAddress> vouchedBy)
      implements ChannelEvent {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.message(this);
    }
  }

  /** An envelope that cannot be read. */
  record Unreadable(
      long offset, long epoch, DeviceAddress sender, Instant acceptedAt, UnreadableReason why)
      implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unreadable(this);
    }
  }

  /**
   * Messages of a device did not come: they never reached the log, or the server keeps them back. A
   * server that shows one of them after all is caught, and the message is told at its place.
   *
   * @param fromIndex in the order in which the device encrypted them
   * @param toIndex the last one, included
   */
  record MessagesMissing(long epoch, DeviceAddress sender, long fromIndex, long toIndex)
      implements ChannelEvent {

    /** How many they are. */
    public long count() {
      return toIndex - fromIndex + 1;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.messagesMissing(this);
    }
  }

  /** A member joined. */
  record MemberAdded(long offset, MemberId member, Role role, MemberId by, Instant at)
      implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.memberAdded(this);
    }
  }

  /** An admin removed a member; {@code by} equals {@code member} when it left by itself. */
  record MemberRemoved(long offset, MemberId member, MemberId by, Instant at)
      implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.memberRemoved(this);
    }
  }

  /** A member's role changed. */
  record RoleChanged(long offset, MemberId member, Role role, MemberId by, Instant at)
      implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.roleChanged(this);
    }
  }

  /** A rotation became due; from the deadline on the next sender commits first. */
  record RotationDue(long offset, RotationReason reason, Instant deadline, Instant at)
      implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.rotationDue(this);
    }
  }

  /** A member said that somebody outside may know the epoch's key; a rotation is due at once. */
  record CompromiseReported(long offset, MemberId by, Instant at) implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.compromiseReported(this);
    }
  }

  /** A member has revoked devices: nothing of them is taken any more, and a rotation follows. */
  record DevicesRevoked(long offset, MemberId member, List<DeviceId> devices, Instant at)
      implements ChannelEvent {
    public DevicesRevoked {
      devices = List.copyOf(devices);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.devicesRevoked(this);
    }
  }

  /** An admin changed the policy. */
  record PolicyChanged(long offset, Policy policy, MemberId by, Instant at)
      implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.policyChanged(this);
    }
  }

  /** A device gave keys of past epochs to another. */
  record HistoryShared(
      long offset, DeviceAddress by, DeviceAddress to, long fromEpoch, long toEpoch, Instant at)
      implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.historyShared(this);
    }
  }

  /**
   * An epoch started and was verified.
   *
   * @param devices size of its roster
   */
  record EpochStarted(
      long offset,
      long epoch,
      RotationReason reason,
      DeviceAddress committer,
      int devices,
      Instant at)
      implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.epochStarted(this);
    }
  }

  /**
   * A device does not take the key of an epoch: what was sealed to it is not what the committer
   * signed. The group rotates soon.
   */
  record EpochRefused(long offset, long epoch, DeviceAddress by, Instant at)
      implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.epochRefused(this);
    }
  }

  /** A member has reset the group: nobody had the keys of these epochs, which are given up. */
  record EpochsOrphaned(long offset, EpochRange epochs, MemberId by, Instant at)
      implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.epochsOrphaned(this);
    }
  }

  /** The group takes nothing more. */
  record Archived(long offset, MemberId by, Instant at) implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.archived(this);
    }
  }

  /** Something in the log does not verify; reading goes on. */
  record SecurityWarning(long offset, SecurityProblem problem) implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.securityWarning(this);
    }
  }

  /**
   * Everything that was in the log when reading began, or began again, has been delivered; what
   * follows is live.
   *
   * @param size number of entries in the log then
   */
  record CaughtUp(long size) implements ChannelEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.caughtUp(this);
    }
  }

  /** One method for each event. */
  interface Cases<R> {
    R message(Message event);

    R unreadable(Unreadable event);

    R messagesMissing(MessagesMissing event);

    R memberAdded(MemberAdded event);

    R memberRemoved(MemberRemoved event);

    R roleChanged(RoleChanged event);

    R rotationDue(RotationDue event);

    R compromiseReported(CompromiseReported event);

    R devicesRevoked(DevicesRevoked event);

    R policyChanged(PolicyChanged event);

    R historyShared(HistoryShared event);

    R epochStarted(EpochStarted event);

    R epochRefused(EpochRefused event);

    R epochsOrphaned(EpochsOrphaned event);

    R archived(Archived event);

    R securityWarning(SecurityWarning event);

    R caughtUp(CaughtUp event);
  }
}
