package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.read;
import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.Policy;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.journal.v1.Actor;
import io.karst.journal.v1.DevicesRevoked;
import io.karst.journal.v1.EpochEnded;
import io.karst.journal.v1.EpochStarted;
import io.karst.journal.v1.EpochsOrphaned;
import io.karst.journal.v1.GroupCreated;
import io.karst.journal.v1.GroupRecord;
import io.karst.journal.v1.MemberAdded;
import io.karst.journal.v1.MemberRemoved;
import io.karst.journal.v1.PolicyChanged;
import io.karst.journal.v1.RoleChanged;
import io.karst.journal.v1.RotationDue;
import io.karst.journal.v1.SessionOpened;
import java.time.Instant;

/** Takes events of one group out of records. */
record GroupEventReader(GroupId group, Instant at) {

  GroupEvent event(GroupRecord record) {
    return switch (record.getEventCase()) {
      case GROUP_CREATED -> read("group_created", () -> created(record.getGroupCreated()));
      case MEMBER_ADDED -> read("member_added", () -> added(record.getMemberAdded()));
      case MEMBER_REMOVED -> read("member_removed", () -> removed(record.getMemberRemoved()));
      case MEMBER_LEFT ->
        read(
            "member_left",
            () -> new GroupEvent.MemberLeft(by(record.getMemberLeft().getBy()), at));
      case ROLE_CHANGED -> read("role_changed", () -> roleChanged(record.getRoleChanged()));
      case ROTATION_DUE -> read("rotation_due", () -> due(record.getRotationDue()));
      case EPOCH_ENDED -> read("epoch_ended", () -> ended(record.getEpochEnded()));
      case EPOCH_STARTED -> read("epoch_started", () -> started(record.getEpochStarted()));
      case EPOCH_KEYS_DELIVERED ->
        new GroupEvent.EpochKeysDelivered(record.getEpochKeysDelivered().getEpoch(), at);
      case SESSION_OPENED -> read("session_opened", () -> opened(record.getSessionOpened()));
      case GROUP_ARCHIVED ->
        read(
            "group_archived",
            () -> new GroupEvent.GroupArchived(by(record.getGroupArchived().getBy()), at));
      case ENVELOPES_APPENDED ->
        read(
            "envelopes_appended",
            () -> new GroupEvent.EnvelopesAppended(
                EnvelopeFields.read(record.getEnvelopesAppended()), at));
      case COMPROMISE_REPORTED ->
        read(
            "compromise_reported",
            () -> new GroupEvent.CompromiseReported(
                by(record.getCompromiseReported().getBy()), at));
      case SEALED_KEYS_STAGED ->
        read("sealed_keys_staged", () -> EpochFields.staged(record.getSealedKeysStaged(), at));
      case POLICY_CHANGED -> read("policy_changed", () -> changed(record.getPolicyChanged()));
      case EPOCH_REFUSED ->
        read(
            "epoch_refused",
            () -> new GroupEvent.EpochRefused(
                by(record.getEpochRefused().getBy()), record.getEpochRefused().getEpoch(), at));
      case EPOCHS_ORPHANED -> read("epochs_orphaned", () -> orphaned(record.getEpochsOrphaned()));
      case DEVICES_REVOKED -> read("devices_revoked", () -> revoked(record.getDevicesRevoked()));
      case HISTORY_SHARED ->
        read(
            "history_shared",
            () -> new GroupEvent.HistoryShared(ShareFields.read(record.getHistoryShared()), at));
      case OWNER_DEVICES_NOTED ->
        read(
            "owner_devices_noted",
            () -> new GroupEvent.OwnerDevicesNoted(
                DeviceFields.read(record.getOwnerDevicesNoted()), at));
      case OWNER_MESSAGE_SENT ->
        read(
            "owner_message_sent",
            () -> new GroupEvent.OwnerMessageSent(
                DeviceFields.read(record.getOwnerMessageSent()), at));
      case EVENT_NOT_SET -> throw new CorruptRecord("event", "no event that is known");
    };
  }

  private GroupEvent created(GroupCreated event) {
    GroupId id = read("group_id", () -> new GroupId(event.getGroupId()));
    if (!id.equals(group)) {
      throw new CorruptRecord("group_id", "another group's");
    }
    return new GroupEvent.GroupCreated(
        by(event.getBy()),
        id,
        Fields.bytes(event.getNonce()),
        read("policy", () -> policy(event)),
        at);
  }

  private static Policy policy(GroupCreated event) {
    return PolicyFields.read(
        event.getGraceMillis(),
        event.hasEpochAgeMaxMillis() ? event.getEpochAgeMaxMillis() : PolicyFields.AGE_MAX_MILLIS,
        event.hasMessagesPerMember() ? event.getMessagesPerMember() : Policy.MESSAGES_MAX,
        new PolicyFields.Past(event.getHistory(), event.getForwardOnly()));
  }

  private GroupEvent changed(PolicyChanged event) {
    return new GroupEvent.PolicyChanged(
        by(event.getBy()), read("policy", () -> PolicyFields.read(event.getPolicy())), at);
  }

  private GroupEvent revoked(DevicesRevoked event) {
    return new GroupEvent.DevicesRevoked(
        member(event.getMemberId()),
        readAll("device_ids", event.getDeviceIdsCount(), i -> new DeviceId(event.getDeviceIds(i))),
        at);
  }

  private GroupEvent added(MemberAdded event) {
    return new GroupEvent.MemberAdded(
        by(event.getBy()),
        member(event.getMemberId()),
        read("role", () -> Fields.role(event.getRole())),
        at);
  }

  private GroupEvent removed(MemberRemoved event) {
    return new GroupEvent.MemberRemoved(by(event.getBy()), member(event.getMemberId()), at);
  }

  private GroupEvent roleChanged(RoleChanged event) {
    return new GroupEvent.RoleChanged(
        by(event.getBy()),
        member(event.getMemberId()),
        read("role", () -> Fields.role(event.getRole())),
        at);
  }

  private GroupEvent due(RotationDue event) {
    return new GroupEvent.RotationDue(
        read("reason", () -> Fields.reason(event.getReason())),
        read("deadline_millis", () -> Fields.time(event.getDeadlineMillis())),
        at);
  }

  private GroupEvent ended(EpochEnded event) {
    return new GroupEvent.EpochEnded(
        by(event.getBy()),
        event.getEpoch(),
        read("grace_until_millis", () -> Fields.time(event.getGraceUntilMillis())),
        at);
  }

  private GroupEvent started(EpochStarted event) {
    SignedManifest manifest = EpochFields.signedManifest(group, event);
    return new GroupEvent.EpochStarted(manifest, EpochFields.keys(manifest.manifest(), event), at);
  }

  private GroupEvent orphaned(EpochsOrphaned event) {
    return new GroupEvent.EpochsOrphaned(
        by(event.getBy()), new EpochRange(event.getFromEpoch(), event.getToEpoch()), at);
  }

  private GroupEvent opened(SessionOpened event) {
    DeviceAddress sender = by(event.getBy());
    Bytes sessionKey = Fields.bytes(event.getSessionKey());
    Bytes signature = Fields.bytes(event.getSignature());
    return new GroupEvent.SessionOpened(
        new SessionBinding(sender, event.getEpoch(), sessionKey, signature), at);
  }

  private static DeviceAddress by(Actor actor) {
    return read("by", () -> Fields.address(actor));
  }

  private static MemberId member(String id) {
    return read("member_id", () -> new MemberId(id));
  }
}
