package io.karst.journal.codec;

import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.DeviceId;
import io.karst.journal.v1.CompromiseReported;
import io.karst.journal.v1.DevicesRevoked;
import io.karst.journal.v1.EpochEnded;
import io.karst.journal.v1.EpochKeysDelivered;
import io.karst.journal.v1.EpochRefused;
import io.karst.journal.v1.EpochsOrphaned;
import io.karst.journal.v1.GroupArchived;
import io.karst.journal.v1.GroupCreated;
import io.karst.journal.v1.GroupRecord;
import io.karst.journal.v1.MemberAdded;
import io.karst.journal.v1.MemberLeft;
import io.karst.journal.v1.MemberRemoved;
import io.karst.journal.v1.PolicyChanged;
import io.karst.journal.v1.RoleChanged;
import io.karst.journal.v1.RotationDue;
import io.karst.journal.v1.SessionOpened;

/** Puts an event into the record that {@code target} builds. */
record GroupEventWriter(GroupRecord.Builder target)
    implements GroupEvent.Cases<GroupRecord.Builder> {

  @Override
  public GroupRecord.Builder groupCreated(GroupEvent.GroupCreated event) {
    GroupCreated.Builder created = GroupCreated.newBuilder()
        .setBy(Fields.actor(event.by()))
        .setNonce(Fields.bytes(event.nonce()))
        .setGraceMillis(event.policy().grace().toMillis())
        .setGroupId(event.groupId().value());
    if (event.policy().hasLimits()) {
      created
          .setEpochAgeMaxMillis(event.policy().ageMax().toMillis())
          .setMessagesPerMember(event.policy().messagesPerMember());
    }
    if (event.policy().hasHistory()) {
      created
          .setHistory(event.policy().history().number())
          .setForwardOnly(event.policy().forwardOnly());
    }
    return target.setGroupCreated(created);
  }

  @Override
  public GroupRecord.Builder memberAdded(GroupEvent.MemberAdded event) {
    return target.setMemberAdded(MemberAdded.newBuilder()
        .setBy(Fields.actor(event.by()))
        .setMemberId(event.member().value())
        .setRole(event.role().number()));
  }

  @Override
  public GroupRecord.Builder memberRemoved(GroupEvent.MemberRemoved event) {
    return target.setMemberRemoved(MemberRemoved.newBuilder()
        .setBy(Fields.actor(event.by()))
        .setMemberId(event.member().value()));
  }

  @Override
  public GroupRecord.Builder memberLeft(GroupEvent.MemberLeft event) {
    return target.setMemberLeft(MemberLeft.newBuilder().setBy(Fields.actor(event.by())));
  }

  @Override
  public GroupRecord.Builder roleChanged(GroupEvent.RoleChanged event) {
    return target.setRoleChanged(RoleChanged.newBuilder()
        .setBy(Fields.actor(event.by()))
        .setMemberId(event.member().value())
        .setRole(event.role().number()));
  }

  @Override
  public GroupRecord.Builder rotationDue(GroupEvent.RotationDue event) {
    return target.setRotationDue(RotationDue.newBuilder()
        .setReason(event.reason().number())
        .setDeadlineMillis(Fields.millis(event.deadline())));
  }

  @Override
  public GroupRecord.Builder compromiseReported(GroupEvent.CompromiseReported event) {
    return target.setCompromiseReported(
        CompromiseReported.newBuilder().setBy(Fields.actor(event.by())));
  }

  @Override
  public GroupRecord.Builder devicesRevoked(GroupEvent.DevicesRevoked event) {
    return target.setDevicesRevoked(DevicesRevoked.newBuilder()
        .setMemberId(event.member().value())
        .addAllDeviceIds(event.devices().stream().map(DeviceId::value).toList()));
  }

  @Override
  public GroupRecord.Builder policyChanged(GroupEvent.PolicyChanged event) {
    return target.setPolicyChanged(PolicyChanged.newBuilder()
        .setBy(Fields.actor(event.by()))
        .setPolicy(PolicyFields.write(event.policy())));
  }

  @Override
  public GroupRecord.Builder historyShared(GroupEvent.HistoryShared event) {
    return target.setHistoryShared(ShareFields.write(event.share()));
  }

  @Override
  public GroupRecord.Builder epochEnded(GroupEvent.EpochEnded event) {
    return target.setEpochEnded(EpochEnded.newBuilder()
        .setBy(Fields.actor(event.by()))
        .setEpoch(event.epoch())
        .setGraceUntilMillis(Fields.millis(event.graceUntil())));
  }

  @Override
  public GroupRecord.Builder epochStarted(GroupEvent.EpochStarted event) {
    return target.setEpochStarted(EpochFields.write(event.manifest(), event.keys()));
  }

  @Override
  public GroupRecord.Builder sealedKeysStaged(GroupEvent.SealedKeysStaged event) {
    return target.setSealedKeysStaged(EpochFields.write(event));
  }

  @Override
  public GroupRecord.Builder epochKeysDelivered(GroupEvent.EpochKeysDelivered event) {
    return target.setEpochKeysDelivered(EpochKeysDelivered.newBuilder().setEpoch(event.epoch()));
  }

  @Override
  public GroupRecord.Builder sessionOpened(GroupEvent.SessionOpened event) {
    SessionBinding binding = event.binding();
    return target.setSessionOpened(SessionOpened.newBuilder()
        .setBy(Fields.actor(binding.sender()))
        .setEpoch(binding.epoch())
        .setSessionKey(Fields.bytes(binding.sessionKey()))
        .setSignature(Fields.bytes(binding.signature())));
  }

  @Override
  public GroupRecord.Builder groupArchived(GroupEvent.GroupArchived event) {
    return target.setGroupArchived(GroupArchived.newBuilder().setBy(Fields.actor(event.by())));
  }

  @Override
  public GroupRecord.Builder epochRefused(GroupEvent.EpochRefused event) {
    return target.setEpochRefused(
        EpochRefused.newBuilder().setBy(Fields.actor(event.by())).setEpoch(event.epoch()));
  }

  @Override
  public GroupRecord.Builder epochsOrphaned(GroupEvent.EpochsOrphaned event) {
    return target.setEpochsOrphaned(EpochsOrphaned.newBuilder()
        .setBy(Fields.actor(event.by()))
        .setFromEpoch(event.epochs().from())
        .setToEpoch(event.epochs().to()));
  }

  @Override
  public GroupRecord.Builder envelopesAppended(GroupEvent.EnvelopesAppended event) {
    return target.setEnvelopesAppended(EnvelopeFields.write(event.envelopes()));
  }

  @Override
  public GroupRecord.Builder ownerDevicesNoted(GroupEvent.OwnerDevicesNoted event) {
    return target.setOwnerDevicesNoted(DeviceFields.write(event.list()));
  }

  @Override
  public GroupRecord.Builder ownerMessageSent(GroupEvent.OwnerMessageSent event) {
    return target.setOwnerMessageSent(DeviceFields.write(event.message()));
  }
}
