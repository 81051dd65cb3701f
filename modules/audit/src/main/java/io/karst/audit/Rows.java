package io.karst.audit;

import static java.util.stream.Collectors.joining;

import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.Policy;
import io.karst.domain.history.History;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.owner.OwnerMessage;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.entry.EntryKind;
import java.util.ArrayList;
import java.util.List;

/** Tells the entries of one record: one row each. */
record Rows(StoredRecord record) implements GroupEvent.Cases<List<Row>> {

  private static final String SERVER = "server";

  /** Enough of a hash or key to tell it from others at a glance. */
  private static final int HEX_DIGITS = 16;

  static List<Row> of(StoredRecord record) {
    return record.event().match(new Rows(record));
  }

  @Override
  public List<Row> groupCreated(GroupEvent.GroupCreated event) {
    return by(event.by(), EntryKind.GROUP_CREATED, "creates the group, " + told(event.policy()));
  }

  @Override
  public List<Row> memberAdded(GroupEvent.MemberAdded event) {
    String role = Names.of(event.role());
    return by(event.by(), EntryKind.MEMBER_ADDED, "adds " + event.member() + " as " + role);
  }

  @Override
  public List<Row> memberRemoved(GroupEvent.MemberRemoved event) {
    return by(event.by(), EntryKind.MEMBER_REMOVED, "removes " + event.member());
  }

  @Override
  public List<Row> memberLeft(GroupEvent.MemberLeft event) {
    return by(event.by(), EntryKind.MEMBER_LEFT, "leaves");
  }

  @Override
  public List<Row> roleChanged(GroupEvent.RoleChanged event) {
    String role = Names.of(event.role());
    return by(event.by(), EntryKind.ROLE_CHANGED, "makes " + event.member() + " " + role);
  }

  @Override
  public List<Row> rotationDue(GroupEvent.RotationDue event) {
    String reason = Names.of(event.reason());
    return row(
        SERVER,
        EntryKind.ROTATION_DUE,
        "rotation due by " + event.deadline() + " because of " + reason);
  }

  @Override
  public List<Row> compromiseReported(GroupEvent.CompromiseReported event) {
    return by(event.by(), EntryKind.COMPROMISE_REPORTED, "reports that the key may be known");
  }

  @Override
  public List<Row> devicesRevoked(GroupEvent.DevicesRevoked event) {
    String devices = event.devices().stream().map(DeviceId::value).collect(joining(", "));
    return row(SERVER, EntryKind.DEVICES_REVOKED, event.member() + " has revoked its " + devices);
  }

  @Override
  public List<Row> epochRefused(GroupEvent.EpochRefused event) {
    return by(
        event.by(), EntryKind.EPOCH_REFUSED, "does not take the key of epoch " + event.epoch());
  }

  @Override
  public List<Row> epochsOrphaned(GroupEvent.EpochsOrphaned event) {
    return by(
        event.by(),
        EntryKind.EPOCHS_ORPHANED,
        "gives up epochs " + event.epochs().from() + " to " + event.epochs().to());
  }

  @Override
  public List<Row> policyChanged(GroupEvent.PolicyChanged event) {
    return by(event.by(), EntryKind.POLICY_CHANGED, "sets " + told(event.policy()));
  }

  @Override
  public List<Row> historyShared(GroupEvent.HistoryShared event) {
    KeyShare share = event.share();
    return by(
        share.by(),
        EntryKind.HISTORY_SHARED,
        "gives %s keys of epochs %d to %d, %d bytes sealed"
            .formatted(
                share.to(),
                share.fromEpoch(),
                share.toEpoch(),
                share.olmMessage().length()));
  }

  @Override
  public List<Row> epochEnded(GroupEvent.EpochEnded event) {
    return by(
        event.by(),
        EntryKind.EPOCH_ENDED,
        "ends epoch " + event.epoch() + ", grace until " + event.graceUntil());
  }

  @Override
  public List<Row> sealedKeysStaged(GroupEvent.SealedKeysStaged event) {
    return List.of();
  }

  @Override
  public List<Row> epochStarted(GroupEvent.EpochStarted event) {
    Manifest manifest = event.manifest().manifest();
    String hash = event.manifest().hash().toHex().substring(0, HEX_DIGITS);
    RotationReason reason = manifest.reason();
    return by(
        manifest.committer(),
        EntryKind.EPOCH_STARTED,
        "starts epoch %d for %d devices because of %s, manifest %s"
            .formatted(manifest.epoch(), manifest.roster().size(), Names.of(reason), hash));
  }

  @Override
  public List<Row> epochKeysDelivered(GroupEvent.EpochKeysDelivered event) {
    return row(
        SERVER,
        EntryKind.EPOCH_KEYS_DELIVERED,
        "keys of epoch " + event.epoch() + " are in every inbox");
  }

  @Override
  public List<Row> sessionOpened(GroupEvent.SessionOpened event) {
    String key = event.binding().sessionKey().toHex().substring(0, HEX_DIGITS);
    return by(
        event.binding().sender(),
        EntryKind.SESSION_OPENED,
        "opens session " + key + " in epoch " + event.binding().epoch());
  }

  @Override
  public List<Row> groupArchived(GroupEvent.GroupArchived event) {
    return by(event.by(), EntryKind.GROUP_ARCHIVED, "archives the group");
  }

  @Override
  public List<Row> ownerDevicesNoted(GroupEvent.OwnerDevicesNoted event) {
    DeviceList list = event.list();
    String devices =
        list.devices().stream().map(device -> device.device().value()).collect(joining(", "));
    return row(
        SERVER,
        EntryKind.OWNER_DEVICES,
        "devices of %s, version %d: %s".formatted(list.member(), list.version(), devices));
  }

  @Override
  public List<Row> ownerMessageSent(GroupEvent.OwnerMessageSent event) {
    OwnerMessage message = event.message();
    return by(
        message.sender(),
        EntryKind.OWNER_MESSAGE,
        "message to %d other devices of version %d, %d bytes sealed"
            .formatted(message.copies().size(), message.deviceListVersion(), message.size()));
  }

  @Override
  public List<Row> envelopesAppended(GroupEvent.EnvelopesAppended event) {
    var rows = new ArrayList<Row>(event.entries());
    for (Envelope envelope : event.envelopes()) {
      rows.add(new Row(
          record.firstOffset() + rows.size(),
          event.at(),
          envelope.epoch(),
          EntryKind.ENVELOPE,
          envelope.sender().toString(),
          told(envelope)));
    }
    return rows;
  }

  private static String told(Policy policy) {
    String limits = "grace %d ms, epochs of %s at most, %d messages a member"
        .formatted(policy.grace().toMillis(), policy.ageMax(), policy.messagesPerMember());
    String history =
        policy.history() == History.NONE ? "" : ", history " + Names.of(policy.history());
    return limits + history + (policy.forwardOnly() ? ", forward-only" : "");
  }

  private static String told(Envelope envelope) {
    return "message %d of session %s, %d bytes"
        .formatted(
            envelope.messageIndex(),
            envelope.sessionId().toHex().substring(0, HEX_DIGITS),
            envelope.ciphertext().length());
  }

  private List<Row> by(DeviceAddress who, EntryKind kind, String what) {
    return row(who.toString(), kind, what);
  }

  private List<Row> row(String who, EntryKind kind, String what) {
    return List.of(new Row(record.firstOffset(), record.at(), record.epoch(), kind, who, what));
  }
}
