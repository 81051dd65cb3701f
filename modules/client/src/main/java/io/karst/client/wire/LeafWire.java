package io.karst.client.wire;

import io.karst.client.api.BadAnswer;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.Role;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.entry.EntryLeaves;
import io.karst.wire.v1.GroupMember;
import io.karst.wire.v1.HistoryShared;
import io.karst.wire.v1.LogEntry;
import java.time.Instant;
import java.util.List;

/** The leaf hash of an entry, from what the server says that the entry is. */
final class LeafWire {

  private LeafWire() {}

  static Bytes leaf(GroupId group, LogEntry wire) {
    var leaves = new EntryLeaves(group, wire.getOffset(), wire.getEpoch());
    Instant at = WireBytes.time(wire.getAcceptedAtMillis());
    return switch (wire.getEntryCase()) {
      case HIDDEN -> WireBytes.bytes(wire.getHidden().getLeafHash());
      case EPOCH_STARTED ->
        only(leaves.epochStarted(
            EpochWire.manifest(wire.getEpochStarted().getManifest()),
            WireBytes.bytes(wire.getEpochStarted().getSealedKeysHash()),
            at));
      case HISTORY_SHARED -> only(shared(leaves, group, wire, at));
      case OWNER_MESSAGE ->
        only(leaves.ownerMessageSent(OwnerWire.header(wire.getOwnerMessage()), at));
      case ENTRY_NOT_SET -> throw new BadAnswer("the server's answer holds an empty entry");
      case GROUP_CREATED,
          MEMBER_ADDED,
          MEMBER_REMOVED,
          MEMBER_LEFT,
          ROLE_CHANGED,
          ROTATION_DUE,
          EPOCH_ENDED,
          EPOCH_KEYS_DELIVERED,
          SESSION_OPENED,
          GROUP_ARCHIVED,
          COMPROMISE_REPORTED,
          POLICY_CHANGED,
          EPOCH_REFUSED,
          EPOCHS_ORPHANED,
          DEVICES_REVOKED,
          OWNER_DEVICES,
          ENVELOPE -> only(event(group, wire, at).match(leaves));
    };
  }

  private static Bytes only(List<Bytes> leaves) {
    return leaves.get(0);
  }

  private static GroupEvent event(GroupId group, LogEntry wire, Instant at) {
    return switch (wire.getEntryCase()) {
      case GROUP_CREATED -> created(group, wire, at);
      case MEMBER_ADDED -> {
        GroupMember member = wire.getMemberAdded().getMember();
        yield new GroupEvent.MemberAdded(by(wire), id(member), role(member), at);
      }
      case MEMBER_REMOVED ->
        new GroupEvent.MemberRemoved(
            by(wire), DeviceWire.member(wire.getMemberRemoved().getMemberId()), at);
      case MEMBER_LEFT -> new GroupEvent.MemberLeft(by(wire), at);
      case ROLE_CHANGED -> {
        GroupMember member = wire.getRoleChanged().getMember();
        yield new GroupEvent.RoleChanged(by(wire), id(member), role(member), at);
      }
      case ROTATION_DUE -> due(wire, at);
      case EPOCH_ENDED ->
        new GroupEvent.EpochEnded(
            by(wire),
            wire.getEpochEnded().getEpoch(),
            WireBytes.time(wire.getEpochEnded().getGraceUntilMillis()),
            at);
      case EPOCH_KEYS_DELIVERED ->
        new GroupEvent.EpochKeysDelivered(wire.getEpochKeysDelivered().getEpoch(), at);
      case SESSION_OPENED ->
        new GroupEvent.SessionOpened(
            EpochWire.binding(wire.getSessionOpened().getBinding(), by(wire)), at);
      case GROUP_ARCHIVED -> new GroupEvent.GroupArchived(by(wire), at);
      case COMPROMISE_REPORTED -> new GroupEvent.CompromiseReported(by(wire), at);
      case EPOCH_REFUSED ->
        new GroupEvent.EpochRefused(by(wire), wire.getEpochRefused().getEpoch(), at);
      case EPOCHS_ORPHANED ->
        new GroupEvent.EpochsOrphaned(
            by(wire), EpochWire.range(wire.getEpochsOrphaned().getEpochs()), at);
      case POLICY_CHANGED ->
        new GroupEvent.PolicyChanged(
            by(wire), PolicyWire.policy(wire.getPolicyChanged().getPolicy()), at);
      case DEVICES_REVOKED -> revoked(wire, at);
      case OWNER_DEVICES ->
        new GroupEvent.OwnerDevicesNoted(
            DeviceWire.deviceList(wire.getOwnerDevices().getDeviceList()), at);
      case ENVELOPE ->
        new GroupEvent.EnvelopesAppended(List.of(EnvelopeWire.envelope(wire.getEnvelope())), at);
      case EPOCH_STARTED, HISTORY_SHARED, OWNER_MESSAGE, HIDDEN, ENTRY_NOT_SET ->
        throw new BadAnswer("the server's answer holds an entry of another kind");
    };
  }

  private static List<Bytes> shared(EntryLeaves leaves, GroupId group, LogEntry wire, Instant at) {
    HistoryShared shared = wire.getHistoryShared();
    ToldShare share = WireBytes.valid(
        "share of keys",
        () -> new ToldShare(
            group, wire.getOffset(), by(wire), shared.getFromEpoch(), shared.getToEpoch()));
    return leaves.historyShared(
        share,
        DeviceWire.address(shared.getMemberId(), shared.getDeviceId()),
        WireBytes.bytes(shared.getSealedHash()),
        at);
  }

  private static GroupEvent created(GroupId group, LogEntry wire, Instant at) {
    return new GroupEvent.GroupCreated(
        by(wire),
        group,
        WireBytes.bytes(wire.getGroupCreated().getNonce()),
        PolicyWire.policy(wire.getGroupCreated().getPolicy()),
        at);
  }

  private static GroupEvent revoked(LogEntry wire, Instant at) {
    var revoked = wire.getDevicesRevoked();
    return new GroupEvent.DevicesRevoked(
        DeviceWire.member(revoked.getMemberId()),
        revoked.getDeviceIdsList().stream().map(DeviceWire::device).toList(),
        at);
  }

  private static GroupEvent due(LogEntry wire, Instant at) {
    RotationReason reason = EnumWire.reason(wire.getRotationDue().getReason());
    Instant deadline = WireBytes.time(wire.getRotationDue().getDeadlineMillis());
    return new GroupEvent.RotationDue(reason, deadline, at);
  }

  private static DeviceAddress by(LogEntry wire) {
    return DeviceWire.address(wire.getByMemberId(), wire.getByDeviceId());
  }

  private static MemberId id(GroupMember wire) {
    return DeviceWire.member(wire.getMemberId());
  }

  private static Role role(GroupMember wire) {
    return EnumWire.role(wire.getRole());
  }
}
