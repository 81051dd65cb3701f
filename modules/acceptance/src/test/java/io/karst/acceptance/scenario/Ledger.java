package io.karst.acceptance.scenario;

import io.karst.audit.AuditReplay;
import io.karst.audit.AuditReport;
import io.karst.audit.ReportSink;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a group's journal says, read by whoever holds no key: who may read what, and why each epoch
 * began.
 */
final class Ledger {

  private final List<SignedManifest> manifests = new ArrayList<>();
  private final Map<Long, Set<DeviceAddress>> readers = new HashMap<>();
  private final Map<Long, Long> epochs = new HashMap<>();
  private final List<KeyShare> shares = new ArrayList<>();
  private final Set<DeviceAddress> revoked = new HashSet<>();
  private final List<GroupEvent> events = new ArrayList<>();
  private final AuditReport audit;
  private GroupLog log;

  private Ledger(GroupId group, AuditReport audit) {
    this.audit = audit;
    this.log = GroupLog.empty(group);
  }

  static Ledger of(GroupId group, List<byte[]> records) {
    AuditReport audit = new AuditReplay(group, new ReportSink() {}).run(records.iterator());
    Ledger ledger = new Ledger(group, audit);
    GroupRecordCodec codec = new GroupRecordCodec(group);
    records.forEach(record -> ledger.take(codec.decode(record)));
    return ledger;
  }

  AuditReport audit() {
    return audit;
  }

  /** Everything that happened, in order. */
  <E extends GroupEvent> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Why each epoch began, from the first on. */
  List<RotationReason> reasons() {
    return manifests.stream().map(signed -> signed.manifest().reason()).toList();
  }

  /** Whether all inboxes have the keys of the newest epoch. */
  boolean areKeysOut() {
    return events(GroupEvent.EpochKeysDelivered.class).stream()
        .anyMatch(out -> out.epoch() == manifests.size());
  }

  SignedManifest manifest() {
    return manifests.get(manifests.size() - 1);
  }

  /** Where the messages stand, ascending. */
  List<Long> messages() {
    return readers.keySet().stream().sorted().toList();
  }

  /** The messages that were said in an epoch of a device while it was in the group, ascending. */
  List<Long> messagesFor(DeviceAddress device) {
    return messages().stream()
        .filter(offset -> readers.getOrDefault(offset, Set.of()).contains(device))
        .toList();
  }

  /** Those whose keys others have given to a device. */
  Set<Long> messagesGivenTo(DeviceAddress device) {
    return messages().stream()
        .filter(offset -> shares.stream()
            .filter(share -> share.to().equals(device))
            .anyMatch(share -> isBetween(share, epochs.getOrDefault(offset, 0L))))
        .collect(Collectors.toSet());
  }

  /** Whether a reset gave the message up. */
  boolean isGivenUp(long offset) {
    long epoch = epochs.getOrDefault(offset, 0L);
    return events(GroupEvent.EpochsOrphaned.class).stream()
        .map(GroupEvent.EpochsOrphaned::epochs)
        .anyMatch(lost -> lost.from() <= epoch && epoch <= lost.to());
  }

  /** Whether the device is in the newest epoch, and still of the group. */
  boolean isPresent(DeviceAddress device) {
    return roster(manifest()).contains(device) && stays(device);
  }

  private static boolean isBetween(KeyShare share, long epoch) {
    return share.fromEpoch() <= epoch && epoch <= share.toEpoch();
  }

  private void take(StoredRecord record) {
    events.add(record.event());
    if (record.event() instanceof GroupEvent.EpochStarted started) {
      manifests.add(started.manifest());
    } else if (record.event() instanceof GroupEvent.DevicesRevoked gone) {
      gone.devices().forEach(device -> revoked.add(new DeviceAddress(gone.member(), device)));
    } else if (record.event() instanceof GroupEvent.HistoryShared shared) {
      shares.add(shared.share());
    } else if (record.event() instanceof GroupEvent.EnvelopesAppended said) {
      for (int i = 0; i < said.envelopes().size(); i++) {
        take(record.firstOffset() + i, said.envelopes().get(i).epoch());
      }
    }
    log = log.evolve(record);
  }

  private void take(long offset, long epoch) {
    Set<DeviceAddress> roster = roster(manifests.get((int) epoch - 1));
    readers.put(offset, roster.stream().filter(this::stays).collect(Collectors.toSet()));
    epochs.put(offset, epoch);
  }

  private boolean stays(DeviceAddress device) {
    return log.group().has(device.member()) && !revoked.contains(device);
  }

  private static Set<DeviceAddress> roster(SignedManifest signed) {
    return signed.manifest().roster().stream()
        .map(RosterEntry::address)
        .collect(Collectors.toSet());
  }
}
