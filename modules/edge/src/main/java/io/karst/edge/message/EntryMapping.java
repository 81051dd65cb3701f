package io.karst.edge.message;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.entry.EntryLeaves;
import io.karst.proof.statement.HistoryStatements;
import io.karst.wire.v1.CompromiseReported;
import io.karst.wire.v1.DevicesRevoked;
import io.karst.wire.v1.EpochEnded;
import io.karst.wire.v1.EpochKeysDelivered;
import io.karst.wire.v1.EpochRefused;
import io.karst.wire.v1.EpochStarted;
import io.karst.wire.v1.EpochsOrphaned;
import io.karst.wire.v1.GroupArchived;
import io.karst.wire.v1.GroupCreated;
import io.karst.wire.v1.Hidden;
import io.karst.wire.v1.HistoryShared;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.MemberAdded;
import io.karst.wire.v1.MemberLeft;
import io.karst.wire.v1.MemberRemoved;
import io.karst.wire.v1.OwnerDevices;
import io.karst.wire.v1.PolicyChanged;
import io.karst.wire.v1.RoleChanged;
import io.karst.wire.v1.SessionOpened;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The entries of one record as everybody in the group may see them: without anybody's sealed key,
 * and with all envelopes.
 *
 * <p>What one reader may see beyond or short of that is {@link #withSealedKey} and {@link #hidden}.
 */
public final class EntryMapping implements GroupEvent.Cases<List<LogEntry>> {

  private final StoredRecord record;

  private EntryMapping(StoredRecord record) {
    this.record = record;
  }

  public static List<LogEntry> entries(StoredRecord record) {
    return record.event().match(new EntryMapping(record));
  }

  /** The entry that started an epoch, with the reader's own sealed key in it. */
  public static LogEntry withSealedKey(LogEntry entry, io.karst.wire.v1.SealedKey key) {
    return entry.toBuilder()
        .setEpochStarted(entry.getEpochStarted().toBuilder().setSealedKey(key))
        .build();
  }

  /** An owner message, with what is sealed to the reader in it. */
  public static LogEntry withCopy(LogEntry entry, OwnerCopy own) {
    return entry.toBuilder()
        .setOwnerMessage(OwnerMapping.withCopy(entry.getOwnerMessage(), own))
        .build();
  }

  /**
   * The entries of a record of envelopes; those whose epoch the reader may not see show nothing but
   * their leaf.
   */
  public static List<LogEntry> hidden(
      GroupId group, StoredRecord record, List<LogEntry> entries, LongPredicate mayRead) {
    List<Bytes> leaves =
        record.event().match(new EntryLeaves(group, record.firstOffset(), record.epoch()));
    var shown = new ArrayList<LogEntry>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      LogEntry entry = entries.get(i);
      shown.add(
          mayRead.test(entry.getEpoch())
              ? entry
              : entry.toBuilder()
                  .setHidden(Hidden.newBuilder().setLeafHash(Fields.bytes(leaves.get(i))))
                  .build());
    }
    return shown;
  }

  @Override
  public List<LogEntry> groupCreated(GroupEvent.GroupCreated event) {
    var created = GroupCreated.newBuilder()
        .setNonce(Fields.bytes(event.nonce()))
        .setPolicy(GroupMapping.policy(event.policy()));
    return List.of(by(event.by()).setGroupCreated(created).build());
  }

  @Override
  public List<LogEntry> memberAdded(GroupEvent.MemberAdded event) {
    var added =
        MemberAdded.newBuilder().setMember(GroupMapping.member(event.member(), event.role()));
    return List.of(by(event.by()).setMemberAdded(added).build());
  }

  @Override
  public List<LogEntry> memberRemoved(GroupEvent.MemberRemoved event) {
    var removed = MemberRemoved.newBuilder().setMemberId(event.member().value());
    return List.of(by(event.by()).setMemberRemoved(removed).build());
  }

  @Override
  public List<LogEntry> memberLeft(GroupEvent.MemberLeft event) {
    return List.of(by(event.by()).setMemberLeft(MemberLeft.getDefaultInstance()).build());
  }

  @Override
  public List<LogEntry> roleChanged(GroupEvent.RoleChanged event) {
    var changed =
        RoleChanged.newBuilder().setMember(GroupMapping.member(event.member(), event.role()));
    return List.of(by(event.by()).setRoleChanged(changed).build());
  }

  @Override
  public List<LogEntry> rotationDue(GroupEvent.RotationDue event) {
    var due = EpochMapping.due(event.reason(), event.deadline());
    return List.of(entry().setRotationDue(due).build());
  }

  @Override
  public List<LogEntry> compromiseReported(GroupEvent.CompromiseReported event) {
    return List.of(by(event.by())
        .setCompromiseReported(CompromiseReported.getDefaultInstance())
        .build());
  }

  @Override
  public List<LogEntry> devicesRevoked(GroupEvent.DevicesRevoked event) {
    var revoked = DevicesRevoked.newBuilder()
        .setMemberId(event.member().value())
        .addAllDeviceIds(event.devices().stream().map(DeviceId::value).toList());
    return List.of(entry().setDevicesRevoked(revoked).build());
  }

  @Override
  public List<LogEntry> policyChanged(GroupEvent.PolicyChanged event) {
    var changed = PolicyChanged.newBuilder().setPolicy(GroupMapping.policy(event.policy()));
    return List.of(by(event.by()).setPolicyChanged(changed).build());
  }

  @Override
  public List<LogEntry> historyShared(GroupEvent.HistoryShared event) {
    KeyShare share = event.share();
    var shared = HistoryShared.newBuilder()
        .setMemberId(share.to().member().value())
        .setDeviceId(share.to().device().value())
        .setFromEpoch(share.fromEpoch())
        .setToEpoch(share.toEpoch())
        .setSealedHash(Fields.bytes(HistoryStatements.sealedHash(share)));
    return List.of(by(share.by()).setHistoryShared(shared).build());
  }

  @Override
  public List<LogEntry> epochEnded(GroupEvent.EpochEnded event) {
    var ended = EpochEnded.newBuilder()
        .setEpoch(event.epoch())
        .setGraceUntilMillis(event.graceUntil().toEpochMilli());
    return List.of(by(event.by()).setEpochEnded(ended).build());
  }

  /** Nothing that anybody sees. */
  @Override
  public List<LogEntry> sealedKeysStaged(GroupEvent.SealedKeysStaged event) {
    return List.of();
  }

  @Override
  public List<LogEntry> epochStarted(GroupEvent.EpochStarted event) {
    var started = EpochStarted.newBuilder()
        .setManifest(EpochMapping.manifest(event.manifest()))
        .setSealedKeysHash(Fields.bytes(EntryLeaves.sealedKeysHash(event.keys())));
    return List.of(
        by(event.manifest().manifest().committer()).setEpochStarted(started).build());
  }

  @Override
  public List<LogEntry> epochKeysDelivered(GroupEvent.EpochKeysDelivered event) {
    var delivered = EpochKeysDelivered.newBuilder().setEpoch(event.epoch());
    return List.of(entry().setEpochKeysDelivered(delivered).build());
  }

  @Override
  public List<LogEntry> sessionOpened(GroupEvent.SessionOpened event) {
    var opened = SessionOpened.newBuilder().setBinding(EpochMapping.binding(event.binding()));
    return List.of(by(event.binding().sender()).setSessionOpened(opened).build());
  }

  @Override
  public List<LogEntry> groupArchived(GroupEvent.GroupArchived event) {
    return List.of(
        by(event.by()).setGroupArchived(GroupArchived.getDefaultInstance()).build());
  }

  @Override
  public List<LogEntry> epochRefused(GroupEvent.EpochRefused event) {
    var refused = EpochRefused.newBuilder().setEpoch(event.epoch());
    return List.of(by(event.by()).setEpochRefused(refused).build());
  }

  @Override
  public List<LogEntry> epochsOrphaned(GroupEvent.EpochsOrphaned event) {
    var orphaned = EpochsOrphaned.newBuilder().setEpochs(EpochMapping.range(event.epochs()));
    return List.of(by(event.by()).setEpochsOrphaned(orphaned).build());
  }

  @Override
  public List<LogEntry> envelopesAppended(GroupEvent.EnvelopesAppended event) {
    var entries = new ArrayList<LogEntry>(event.entries());
    for (Envelope envelope : event.envelopes()) {
      entries.add(entry()
          .setOffset(record.firstOffset() + entries.size())
          .setEpoch(envelope.epoch())
          .setEnvelope(FrameMapping.envelope(envelope))
          .build());
    }
    return entries;
  }

  @Override
  public List<LogEntry> ownerDevicesNoted(GroupEvent.OwnerDevicesNoted event) {
    var noted = OwnerDevices.newBuilder().setDeviceList(DeviceMapping.list(event.list()));
    return List.of(entry().setOwnerDevices(noted).build());
  }

  @Override
  public List<LogEntry> ownerMessageSent(GroupEvent.OwnerMessageSent event) {
    return List.of(entry().setOwnerMessage(OwnerMapping.shown(event.message())).build());
  }

  private LogEntry.Builder by(DeviceAddress actor) {
    return entry()
        .setByMemberId(actor.member().value())
        .setByDeviceId(actor.device().value());
  }

  private LogEntry.Builder entry() {
    return LogEntry.newBuilder()
        .setOffset(record.firstOffset())
        .setAcceptedAtMillis(record.at().toEpochMilli())
        .setEpoch(record.epoch());
  }
}
