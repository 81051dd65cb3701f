package io.karst.journal.history;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Change;
import io.karst.domain.group.Decision;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupRules;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StagedStart;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.statement.DeviceStatements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One group from its creation on: puts commands to the rules and records what they decide.
 *
 * <p>Mutable, for one test.
 */
public final class GroupHistory {

  private static final Bytes NONCE = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
  private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

  private final TestMembers members;
  private final GroupId id;
  private final List<StoredRecord> records = new ArrayList<>();
  private GroupLog log;
  private Instant now = START;

  public GroupHistory(TestMembers members, MemberId creator) {
    this.members = members;
    this.id = DeviceStatements.groupId(creator, NONCE);
    this.log = GroupLog.empty(id);
  }

  public GroupId id() {
    return id;
  }

  public Group group() {
    return log.group();
  }

  public GroupLog log() {
    return log;
  }

  public List<StoredRecord> records() {
    return List.copyOf(records);
  }

  /** The records as a journal stores them. */
  public List<byte[]> stored() {
    var codec = new GroupRecordCodec(id);
    return records.stream().map(codec::encode).toList();
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  public Decision create(TestDevice by, Map<MemberId, Role> others) {
    Set<MemberId> all = new HashSet<>(others.keySet());
    all.add(by.address().member());
    SignedManifest manifest = manifest(by, RotationReason.CREATED, all);
    return perform(new GroupCommand.Create(
        by.address(),
        id,
        NONCE,
        Policy.DEFAULT,
        others,
        manifest,
        sealedKeys(manifest),
        members.lists(all)));
  }

  public Decision commit(TestDevice by, Change... changes) {
    Set<MemberId> after = new HashSet<>(group().members().keySet());
    for (Change change : changes) {
      if (change instanceof Change.Add) {
        after.add(change.member());
      } else if (change instanceof Change.Remove) {
        after.remove(change.member());
      }
    }
    SignedManifest manifest = manifest(by, reason(List.of(changes)), after);
    return perform(new GroupCommand.Commit(
        by.address(),
        group().epoch().number(),
        List.of(changes),
        manifest,
        sealedKeys(manifest),
        members.lists(after)));
  }

  /** Sends envelopes of an epoch, with the binding of their session. */
  public Decision send(TestDevice by, long epoch, long... indices) {
    var envelopes = new ArrayList<Envelope>();
    for (long index : indices) {
      envelopes.add(by.envelope(id, epoch, index, 1 + (int) (index % 3)));
    }
    var submission = new Submission(by.address(), List.of(by.bind(id, epoch)), envelopes);
    return perform(new GroupCommand.Append(List.of(submission)));
  }

  public Decision leave(TestDevice by) {
    return perform(new GroupCommand.Leave(by.address()));
  }

  public Decision archive(TestDevice by) {
    return perform(new GroupCommand.Archive(by.address()));
  }

  public Decision markDelivered(long epoch) {
    return perform(new GroupCommand.MarkDelivered(epoch));
  }

  /** Writes the first so many parts of an epoch of many devices, and nothing after them. */
  public void abandon(TestDevice by, int parts) {
    StagedStart.of(decide(rotation(by)).events(), group().size()).orElseThrow().parts().stream()
        .limit(parts)
        .forEach(this::record);
  }

  /** Starts an epoch of many devices as an entity does: its keys first, in parts. */
  public void stage(TestDevice by) {
    List<GroupEvent> events = decide(rotation(by)).events();
    StagedStart start = StagedStart.of(events, group().size()).orElseThrow();
    start.parts().forEach(this::record);
    start.without(events).forEach(this::record);
  }

  private GroupCommand rotation(TestDevice by) {
    Set<MemberId> all = group().members().keySet();
    SignedManifest manifest = manifest(by, reason(List.of()), all);
    return new GroupCommand.Commit(
        by.address(),
        group().epoch().number(),
        List.of(),
        manifest,
        sealedKeys(manifest),
        members.lists(all));
  }

  private Decision decide(GroupCommand command) {
    return GroupRules.decide(log.group(), command, now);
  }

  private void record(GroupEvent event) {
    StoredRecord record = log.record(event);
    records.add(record);
    log = log.evolve(record);
  }

  /** Decides a command and records what follows from it. */
  public Decision perform(GroupCommand command) {
    Decision decision = decide(command);
    for (StoredRecord record : log.recordAll(decision.events())) {
      records.add(record);
      log = log.evolve(record);
    }
    return decision;
  }

  private RotationReason reason(List<Change> changes) {
    if (changes.stream().anyMatch(Change.Remove.class::isInstance)) {
      return RotationReason.MEMBER_REMOVED;
    }
    if (changes.stream().anyMatch(Change.Add.class::isInstance)) {
      return RotationReason.MEMBER_JOINED;
    }
    boolean due = group().rotationDue().isPresent();
    return changes.isEmpty() && due ? RotationReason.MEMBER_LEFT : RotationReason.MANUAL;
  }

  private SignedManifest manifest(
      TestDevice by, RotationReason reason, Collection<MemberId> roster) {
    return by.sign(new Manifest(
        id,
        group().epoch().number() + 1,
        Manifest.KEY_SUITE_OLM,
        group().epoch().manifestHash(),
        reason,
        by.address(),
        Bytes.copyOf(new byte[32]),
        members.roster(roster)));
  }

  private static List<SealedKey> sealedKeys(SignedManifest signed) {
    return signed.manifest().roster().stream()
        .map(RosterEntry::address)
        .map(device -> new SealedKey(device, 0, sealed(device)))
        .toList();
  }

  /** Another one for each device. */
  private static Bytes sealed(DeviceAddress device) {
    return Bytes.ofHex("ee" + "00".repeat(40) + "%08x".formatted(device.hashCode()));
  }
}
