package io.karst.client.wire;

import static io.karst.client.wire.DeviceWire.member;

import io.karst.client.api.BadAnswer;
import io.karst.client.api.ChannelEvent;
import io.karst.domain.id.MemberId;
import io.karst.wire.v1.GroupMember;
import io.karst.wire.v1.HistoryShared;
import io.karst.wire.v1.LogEntry;
import java.time.Instant;

/** Entries that the application is told as they are. */
final class NoticeWire {

  private NoticeWire() {}

  static ChannelEvent notice(LogEntry wire, Instant at) {
    long offset = wire.getOffset();
    return switch (wire.getEntryCase()) {
      case MEMBER_ADDED -> {
        GroupMember added = wire.getMemberAdded().getMember();
        yield new ChannelEvent.MemberAdded(
            offset, member(added.getMemberId()), EnumWire.role(added.getRole()), by(wire), at);
      }
      case MEMBER_REMOVED ->
        new ChannelEvent.MemberRemoved(
            offset, member(wire.getMemberRemoved().getMemberId()), by(wire), at);
      case MEMBER_LEFT -> new ChannelEvent.MemberRemoved(offset, by(wire), by(wire), at);
      case ROLE_CHANGED -> {
        GroupMember changed = wire.getRoleChanged().getMember();
        yield new ChannelEvent.RoleChanged(
            offset, member(changed.getMemberId()), EnumWire.role(changed.getRole()), by(wire), at);
      }
      case ROTATION_DUE ->
        new ChannelEvent.RotationDue(
            offset,
            EnumWire.reason(wire.getRotationDue().getReason()),
            WireBytes.time(wire.getRotationDue().getDeadlineMillis()),
            at);
      case COMPROMISE_REPORTED -> new ChannelEvent.CompromiseReported(offset, by(wire), at);
      case POLICY_CHANGED ->
        new ChannelEvent.PolicyChanged(
            offset, PolicyWire.policy(wire.getPolicyChanged().getPolicy()), by(wire), at);
      case EPOCH_REFUSED ->
        new ChannelEvent.EpochRefused(
            offset,
            wire.getEpochRefused().getEpoch(),
            DeviceWire.address(wire.getByMemberId(), wire.getByDeviceId()),
            at);
      case EPOCHS_ORPHANED ->
        new ChannelEvent.EpochsOrphaned(
            offset, EpochWire.range(wire.getEpochsOrphaned().getEpochs()), by(wire), at);
      case DEVICES_REVOKED ->
        new ChannelEvent.DevicesRevoked(
            offset,
            member(wire.getDevicesRevoked().getMemberId()),
            wire.getDevicesRevoked().getDeviceIdsList().stream()
                .map(DeviceWire::device)
                .toList(),
            at);
      case HISTORY_SHARED -> {
        HistoryShared shared = wire.getHistoryShared();
        yield new ChannelEvent.HistoryShared(
            offset,
            DeviceWire.address(wire.getByMemberId(), wire.getByDeviceId()),
            DeviceWire.address(shared.getMemberId(), shared.getDeviceId()),
            shared.getFromEpoch(),
            shared.getToEpoch(),
            at);
      }
      case GROUP_ARCHIVED -> new ChannelEvent.Archived(offset, by(wire), at);
      case GROUP_CREATED,
          EPOCH_STARTED,
          EPOCH_ENDED,
          EPOCH_KEYS_DELIVERED,
          SESSION_OPENED,
          ENVELOPE,
          HIDDEN,
          OWNER_DEVICES,
          OWNER_MESSAGE,
          ENTRY_NOT_SET ->
        throw new BadAnswer("the server's answer holds an entry of another kind");
    };
  }

  private static MemberId by(LogEntry wire) {
    return member(wire.getByMemberId());
  }
}
