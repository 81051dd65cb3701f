package io.karst.domain.walk;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Change;
import io.karst.domain.group.Decision;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a group should decide, written down as plainly as possible.
 *
 * <p>It remembers everything and looks for it. It predicts the whole decision, events and refusals
 * alike, and then believes that the events were written. Mutable: belongs to one walk.
 */
public final class GroupModel implements GroupCommand.Cases<Decision> {

  public final GroupId id;
  final Map<MemberId, Role> members = new TreeMap<>();
  final List<EpochFacts> epochs = new ArrayList<>();
  final EnvelopeModel envelopes = new EnvelopeModel(this);
  Bytes nonce = Bytes.EMPTY;
  Policy policy = Policy.DEFAULT;
  final Map<RotationReason, Instant> due = new TreeMap<>();
  final Set<Long> orphaned = new TreeSet<>();
  final Set<DeviceAddress> revoked = new HashSet<>();
  final List<KeyShare> shares = new ArrayList<>();
  boolean archived;
  long delivered;
  long size;
  Instant lastAt = Instant.EPOCH;
  Instant at = Instant.EPOCH;

  public GroupModel(GroupId id) {
    this.id = id;
  }

  /** What the rules should decide. */
  public Decision decide(GroupCommand command, Instant now) {
    Instant millis = Instant.ofEpochMilli(now.toEpochMilli());
    at = millis.isAfter(lastAt) ? millis : lastAt;
    Decision decision;
    try {
      decision = command.match(this);
    } catch (Refusal refusal) {
      decision = Decision.refuse(refusal.reason);
    }
    decision.events().forEach(this::believe);
    return decision;
  }

  /** In what a group's state disagrees with the model. */
  public List<String> differences(Group group) {
    var found = new ArrayList<String>();
    compare(found, "members", group.members(), members);
    compare(found, "policy", group.policy(), policy);
    compare(found, "epoch", group.epoch().number(), (long) epochs.size());
    compare(found, "settled", group.isSettled(), true);
    compare(found, "archived", group.archived(), archived);
    compare(found, "due", dueOf(group), due);
    compare(found, "revoked", group.revoked(), revoked);
    compare(found, "overdue", group.isOverdue(at), isOverdue());
    compare(found, "size", group.size(), size);
    compare(found, "last at", group.lastAt(), lastAt);
    compare(found, "delivered", group.epochs().delivered(), delivered);
    compare(found, "sessions", Set.copyOf(group.openSessions()), envelopes.openSessions());
    for (long epoch = 1; epoch <= epochs.size(); epoch++) {
      compare(
          found,
          "orphaned " + epoch,
          group.epochs().faults().isOrphaned(epoch),
          orphaned.contains(epoch));
    }
    if (!epochs.isEmpty()) {
      compare(
          found,
          "refusals",
          group.epochs().faults().isRefused(epochs.size()),
          !current().refusedBy.isEmpty());
      compare(found, "roster", group.epoch().roster().keySet(), current().roster.keySet());
      compare(found, "offset", group.epoch().startedOffset(), current().offset);
      compare(found, "hash", group.epoch().manifestHash(), current().signed.hash());
    }
    boolean inGrace = epochs.size() > 1 && at.isBefore(epochs.get(epochs.size() - 2).acceptedUntil);
    compare(found, "grace", group.grace(at).isPresent(), inGrace);
    return found;
  }

  private static Map<RotationReason, Instant> dueOf(Group group) {
    return group.due().stream()
        .collect(Collectors.toMap(DueRotation::reason, DueRotation::deadline));
  }

  boolean isOverdue() {
    boolean old = !epochs.isEmpty()
        && Duration.between(current().startedAt, at).compareTo(policy.ageMax()) >= 0;
    return old || due.values().stream().anyMatch(deadline -> !deadline.isAfter(at));
  }

  private static void compare(List<String> found, String what, Object actual, Object expected) {
    if (!actual.equals(expected)) {
      found.add(what + " is " + actual + " and should be " + expected);
    }
  }

  @Override
  public Decision create(GroupCommand.Create c) {
    MemberId creator = c.by().member();
    Manifest manifest = c.manifest().manifest();
    if (size > 0) {
      boolean again = c.nonce().equals(nonce)
          && c.manifest().hash().equals(epochs.get(0).signed.hash())
          && manifest.committer().equals(c.by());
      refuseUnless(again, Reason.GROUP_EXISTS);
      return Decision.accept();
    }
    refuseUnless(c.groupId().equals(id), Reason.GROUP_ID_MISMATCH);
    refuseUnless(!c.members().containsKey(creator), Reason.ALREADY_MEMBER);
    refuseUnless(c.members().size() <= 999, Reason.GROUP_FULL);
    var all = new TreeMap<>(c.members());
    all.put(creator, Role.OWNER);
    checkManifest(manifest, c.by(), RotationReason.CREATED);
    RosterModel.checkRoster(manifest, all, c.registered(), c.by());
    RosterModel.checkSealed(manifest, c.sealedKeys());

    var events = new ArrayList<GroupEvent>();
    events.add(new GroupEvent.GroupCreated(c.by(), id, c.nonce(), c.policy(), at));
    events.add(new GroupEvent.MemberAdded(c.by(), creator, Role.OWNER, at));
    all.remove(creator);
    all.forEach((member, role) -> events.add(added(c.by(), member, role)));
    events.add(started(c.manifest(), c.sealedKeys()));
    return new Decision.Accepted(events);
  }

  @Override
  public Decision commit(GroupCommand.Commit c) {
    checkOpenTo(c.by());
    EpochFacts current = current();
    Manifest manifest = c.manifest().manifest();
    boolean replayed =
        c.expectedEpoch() == epochs.size() - 1 && c.manifest().hash().equals(current.signed.hash());
    refuseUnless(!replayed, Reason.COMMIT_REPLAYED);
    c.changes().forEach(change -> checkRole(c.by().member(), change));
    refuseUnless(c.expectedEpoch() == epochs.size(), Reason.STALE_EPOCH);
    refuseUnless(current.roster.containsKey(c.by()), Reason.DEVICE_NOT_IN_ROSTER);
    DeviceList own = c.registered().get(c.by().member());
    if (own != null && own.device(c.by().device()).isPresent()) {
      boolean sameKeys = own.device(c.by().device()).get().equals(current.roster.get(c.by()));
      refuseUnless(sameKeys, Reason.DEVICE_NOT_IN_ROSTER);
    }
    Map<MemberId, Role> after = membersAfter(c);
    DeviceNewsModel.checkNobodyRevoked(this, manifest);
    c.orphaned().ifPresent(range -> checkReset(c.changes(), range));
    checkManifest(
        manifest,
        c.by(),
        c.orphaned().isPresent() ? RotationReason.RESET : expectedReason(c.changes()));
    RosterModel.checkRoster(manifest, after, c.registered(), c.by());
    RosterModel.checkSealed(manifest, c.sealedKeys());

    var events = new ArrayList<GroupEvent>();
    boolean leaked = due.containsKey(RotationReason.COMPROMISE);
    Instant graceUntil = leaked ? at : at.plus(policy.grace());
    events.add(new GroupEvent.EpochEnded(c.by(), epochs.size(), graceUntil, at));
    c.orphaned().ifPresent(range -> events.add(new GroupEvent.EpochsOrphaned(c.by(), range, at)));
    for (boolean last : new boolean[] {false, true}) {
      c.changes().stream()
          .filter(change -> last == change.member().equals(c.by().member()))
          .forEach(change -> events.add(recorded(c.by(), change)));
    }
    events.add(started(c.manifest(), c.sealedKeys()));
    return new Decision.Accepted(events);
  }

  @Override
  public Decision leave(GroupCommand.Leave c) {
    checkOpenTo(c.by());
    if (members.size() == 1) {
      return Decision.accept(
          new GroupEvent.MemberLeft(c.by(), at), new GroupEvent.GroupArchived(c.by(), at));
    }
    refuseUnless(ownersWithout(c.by().member()) > 0, Reason.LAST_OWNER);
    return Decision.accept(
        new GroupEvent.MemberLeft(c.by(), at),
        new GroupEvent.RotationDue(RotationReason.MEMBER_LEFT, at, at));
  }

  @Override
  public Decision reportCompromise(GroupCommand.ReportCompromise c) {
    checkOpenTo(c.by());
    return due.containsKey(RotationReason.COMPROMISE)
        ? Decision.accept()
        : Decision.accept(
            new GroupEvent.CompromiseReported(c.by(), at),
            new GroupEvent.RotationDue(RotationReason.COMPROMISE, at, at));
  }

  @Override
  public Decision reportEpochRefused(GroupCommand.ReportEpochRefused c) {
    checkOpenTo(c.by());
    boolean newest = c.epoch() == epochs.size();
    boolean remembered = c.epoch() > 0 && (newest || c.epoch() == epochs.size() - 1);
    refuseUnless(remembered, Reason.EPOCH_UNKNOWN);
    EpochFacts epoch = epochs.get((int) c.epoch() - 1);
    refuseUnless(epoch.roster.containsKey(c.by()), Reason.DEVICE_NOT_IN_ROSTER);
    if (epoch.refusedBy.contains(c.by())) {
      return Decision.accept();
    }
    var events = new ArrayList<GroupEvent>();
    events.add(new GroupEvent.EpochRefused(c.by(), c.epoch(), at));
    if (newest && due.isEmpty()) {
      events.add(new GroupEvent.RotationDue(RotationReason.MANUAL, at.plusSeconds(60), at));
    }
    return new Decision.Accepted(events);
  }

  @Override
  public Decision setPolicy(GroupCommand.SetPolicy c) {
    checkOpenTo(c.by());
    refuseUnless(members.get(c.by().member()) != Role.MEMBER, Reason.ROLE_REQUIRED);
    return c.policy().equals(policy)
        ? Decision.accept()
        : Decision.accept(new GroupEvent.PolicyChanged(c.by(), c.policy(), at));
  }

  @Override
  public Decision shareHistory(GroupCommand.ShareHistory c) {
    KeyShare share = c.share();
    checkOpenTo(share.by());
    boolean known = !epochs.isEmpty()
        && members.containsKey(share.to().member())
        && current().roster.containsKey(share.to())
        && !share.to().equals(share.by());
    refuseUnless(known, Reason.DEVICE_NOT_FOUND);
    refuseUnless(share.toEpoch() <= epochs.size(), Reason.EPOCH_UNKNOWN);
    refuseUnless(wasInEveryRosterSince(share.by(), share.fromEpoch()), Reason.DEVICE_NOT_IN_ROSTER);
    refuseUnless(!policy.forwardOnly(), Reason.HISTORY_FORBIDDEN);
    if (!wasInEveryRosterSince(share.to(), share.fromEpoch())) {
      refuseUnless(policy.history() != History.NONE, Reason.HISTORY_FORBIDDEN);
      boolean allowed =
          policy.history() == History.WHOLE || members.get(share.by().member()) != Role.MEMBER;
      refuseUnless(allowed, Reason.ROLE_REQUIRED);
      refuseUnless(readsAllAfter(share), Reason.HISTORY_RANGE_INVALID);
    }
    return Decision.accept(new GroupEvent.HistoryShared(share, at));
  }

  private boolean wasInEveryRosterSince(DeviceAddress device, long epoch) {
    return epochs.stream().skip(epoch - 1).allMatch(facts -> facts.roster.containsKey(device));
  }

  /** Each epoch after the share's last was given to the member, or found this device there. */
  private boolean readsAllAfter(KeyShare share) {
    for (long epoch = share.toEpoch() + 1; epoch <= epochs.size(); epoch++) {
      long one = epoch;
      boolean given = shares.stream()
          .anyMatch(s -> s.to().member().equals(share.to().member()) && s.fromEpoch() <= one);
      if (!given && !wasInEveryRosterSince(share.to(), epoch)) {
        return false;
      }
    }
    return true;
  }

  /** What was given to a member ends with its membership. */
  private void forgetSharesOf(MemberId member) {
    shares.removeIf(share -> share.to().member().equals(member));
  }

  @Override
  public Decision archive(GroupCommand.Archive c) {
    checkOpenTo(c.by());
    refuseUnless(members.get(c.by().member()) == Role.OWNER, Reason.ROLE_REQUIRED);
    return Decision.accept(new GroupEvent.GroupArchived(c.by(), at));
  }

  @Override
  public Decision append(GroupCommand.Append c) {
    return envelopes.append(c);
  }

  @Override
  public Decision markDelivered(GroupCommand.MarkDelivered c) {
    boolean next = c.epoch() == delivered + 1 && c.epoch() <= epochs.size();
    return next
        ? Decision.accept(new GroupEvent.EpochKeysDelivered(c.epoch(), at))
        : Decision.accept();
  }

  @Override
  public Decision noteDevices(GroupCommand.NoteDevices c) {
    return DeviceNewsModel.decide(this, c.list());
  }

  @Override
  public Decision noteOwnerDevices(GroupCommand.NoteOwnerDevices c) {
    return Decision.refuse(Reason.GROUP_EXISTS);
  }

  EpochFacts current() {
    return epochs.get(epochs.size() - 1);
  }

  void checkOpenTo(DeviceAddress by) {
    refuseUnless(members.containsKey(by.member()), Reason.GROUP_NOT_FOUND);
    refuseUnless(!revoked.contains(by), Reason.DEVICE_REVOKED);
    refuseUnless(!archived, Reason.GROUP_ARCHIVED);
  }

  private void checkRole(MemberId by, Change change) {
    Role own = Objects.requireNonNull(members.get(by));
    Role needed = Role.ADMIN;
    if (change instanceof Change.SetRole) {
      needed = Role.OWNER;
    } else if (change instanceof Change.Add add && add.role() != Role.MEMBER) {
      needed = Role.OWNER;
    } else if (change instanceof Change.Remove
        && members.getOrDefault(change.member(), Role.MEMBER) != Role.MEMBER) {
      needed = Role.OWNER;
    }
    refuseUnless(own.includes(needed), Reason.ROLE_REQUIRED);
  }

  private void checkReset(List<Change> changes, EpochRange range) {
    refuseUnless(changes.isEmpty(), Reason.CHANGE_INVALID);
    refuseUnless(range.to() <= epochs.size(), Reason.EPOCH_UNKNOWN);
  }

  private Map<MemberId, Role> membersAfter(GroupCommand.Commit c) {
    Map<MemberId, Role> after = new TreeMap<>(members);
    var seen = new HashSet<MemberId>();
    for (Change change : c.changes()) {
      MemberId member = change.member();
      refuseUnless(seen.add(member), Reason.CHANGE_INVALID);
      if (change instanceof Change.Add add) {
        refuseUnless(!members.containsKey(member), Reason.ALREADY_MEMBER);
        after.put(member, add.role());
      } else if (change instanceof Change.SetRole set) {
        refuseUnless(members.containsKey(member), Reason.NO_SUCH_MEMBER);
        refuseUnless(members.get(member) != set.role(), Reason.CHANGE_INVALID);
        after.put(member, set.role());
      } else {
        refuseUnless(!member.equals(c.by().member()), Reason.CHANGE_INVALID);
        refuseUnless(members.containsKey(member), Reason.NO_SUCH_MEMBER);
        after.remove(member);
      }
    }
    refuseUnless(after.containsValue(Role.OWNER), Reason.LAST_OWNER);
    refuseUnless(after.size() <= 1000, Reason.GROUP_FULL);
    return after;
  }

  private RotationReason expectedReason(List<Change> changes) {
    boolean adds = changes.stream().anyMatch(Change.Add.class::isInstance);
    boolean removes = changes.stream().anyMatch(Change.Remove.class::isInstance);
    if (removes) {
      return RotationReason.MEMBER_REMOVED;
    }
    if (adds) {
      return RotationReason.MEMBER_JOINED;
    }
    return changes.isEmpty()
        ? due.entrySet().stream()
            .min(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(RotationReason.MANUAL)
        : RotationReason.MANUAL;
  }

  private void checkManifest(Manifest manifest, DeviceAddress by, RotationReason reason) {
    Bytes previous = epochs.isEmpty() ? Bytes.EMPTY : current().signed.hash();
    refuseUnless(manifest.group().equals(id), Reason.MANIFEST_INVALID);
    refuseUnless(manifest.epoch() == epochs.size() + 1, Reason.MANIFEST_INVALID);
    refuseUnless(manifest.previousHash().equals(previous), Reason.MANIFEST_INVALID);
    refuseUnless(manifest.committer().equals(by), Reason.MANIFEST_INVALID);
    refuseUnless(manifest.reason() == reason, Reason.MANIFEST_INVALID);
    refuseUnless(manifest.keySuite() == 1, Reason.KEY_SUITE_UNSUPPORTED);
  }

  private GroupEvent added(DeviceAddress by, MemberId member, Role role) {
    return new GroupEvent.MemberAdded(by, member, role, at);
  }

  private GroupEvent recorded(DeviceAddress by, Change change) {
    if (change instanceof Change.Add add) {
      return added(by, add.member(), add.role());
    }
    return change instanceof Change.SetRole set
        ? new GroupEvent.RoleChanged(by, set.member(), set.role(), at)
        : new GroupEvent.MemberRemoved(by, change.member(), at);
  }

  private GroupEvent started(SignedManifest manifest, List<SealedKey> sealedKeys) {
    var sorted = new TreeMap<DeviceAddress, SealedKey>();
    sealedKeys.forEach(key -> sorted.put(key.device(), key));
    return new GroupEvent.EpochStarted(manifest, List.copyOf(sorted.values()), at);
  }

  private long ownersWithout(MemberId leaver) {
    return members.entrySet().stream()
        .filter(e -> e.getValue() == Role.OWNER && !e.getKey().equals(leaver))
        .count();
  }

  private void believe(GroupEvent event) {
    if (event instanceof GroupEvent.GroupCreated created) {
      nonce = created.nonce();
      policy = created.policy();
    } else if (event instanceof GroupEvent.MemberAdded added) {
      members.put(added.member(), added.role());
    } else if (event instanceof GroupEvent.RoleChanged changed) {
      members.put(changed.member(), changed.role());
    } else if (event instanceof GroupEvent.MemberRemoved removed) {
      members.remove(removed.member());
      forgetSharesOf(removed.member());
    } else if (event instanceof GroupEvent.MemberLeft left) {
      members.remove(left.by().member());
      forgetSharesOf(left.by().member());
      due(RotationReason.MEMBER_LEFT, left.at());
    } else if (event instanceof GroupEvent.DevicesRevoked gone) {
      gone.devices().forEach(device -> revoked.add(new DeviceAddress(gone.member(), device)));
    } else if (event instanceof GroupEvent.RotationDue rotation) {
      due(rotation.reason(), rotation.deadline());
    } else if (event instanceof GroupEvent.PolicyChanged changed) {
      policy = changed.policy();
    } else if (event instanceof GroupEvent.HistoryShared shared) {
      boolean granted =
          !wasInEveryRosterSince(shared.share().to(), shared.share().fromEpoch());
      if (granted) {
        shares.add(shared.share());
      }
    } else if (event instanceof GroupEvent.EpochEnded ended) {
      current().acceptedUntil = ended.graceUntil();
    } else if (event instanceof GroupEvent.EpochStarted started) {
      epochs.add(new EpochFacts(started.manifest(), size, started.at()));
      due.clear();
      DeviceNewsModel.forget(this);
      envelopes.forgetDevicesOutsideTheLastTwoRosters();
    } else if (event instanceof GroupEvent.EpochKeysDelivered keys) {
      delivered = keys.epoch();
    } else if (event instanceof GroupEvent.EpochRefused refused) {
      epochs.get((int) refused.epoch() - 1).refusedBy.add(refused.by());
    } else if (event instanceof GroupEvent.EpochsOrphaned gone) {
      LongStream.rangeClosed(gone.epochs().from(), gone.epochs().to()).forEach(orphaned::add);
    } else if (event instanceof GroupEvent.GroupArchived) {
      archived = true;
    }
    size += event.entries();
    lastAt = event.at();
  }

  private void due(RotationReason reason, Instant deadline) {
    due.merge(reason, deadline, (a, b) -> a.isBefore(b) ? a : b);
  }

  static void refuseUnless(boolean holds, Reason reason) {
    if (!holds) {
      throw new Refusal(reason);
    }
  }

  /** Leaves a prediction at the first thing that is wrong. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final Reason reason;

    Refusal(Reason reason) {
      super(reason.name(), null, false, false);
      this.reason = reason;
    }
  }
}
