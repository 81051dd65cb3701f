package io.karst.domain.walk;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.group.Change;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Random creations and commits: right more often than not, else wrong in one place. */
final class RandomCommits {

  private static final List<Duration> GRACES =
      List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(30), Policy.GRACE_MAX);

  private static final List<Duration> AGES =
      List.of(Policy.AGE_MIN, Duration.ofMinutes(10), Policy.AGE_MAX);

  private static final List<History> PASTS = List.of(History.values());

  private static final List<Integer> MESSAGES = List.of(1, 10, Policy.MESSAGES_MAX);

  private final Random random;
  private final Proposals proposals;
  private final Pick pick;
  private final List<GroupCommand.Create> creations = new ArrayList<>();
  private final List<GroupCommand.Commit> commits = new ArrayList<>();

  RandomCommits(Random random, Proposals proposals) {
    this.random = random;
    this.proposals = proposals;
    this.pick = new Pick(random);
  }

  /** A group begins anew: nothing of the last one is repeated in it. */
  void forget() {
    creations.clear();
    commits.clear();
  }

  GroupCommand create(Group group) {
    if (!creations.isEmpty() && pick.oneIn(3)) {
      return pick.from(creations);
    }
    DeviceAddress by = pick.from(proposals.directory().devices());
    var members = new HashMap<MemberId, Role>();
    for (MemberId member : proposals.directory().members()) {
      if (pick.oneIn(2) && !member.equals(by.member())) {
        members.put(member, pick.from(List.of(Role.values())));
      }
    }
    if (pick.oneIn(12)) {
      members.put(by.member(), Role.MEMBER);
    }
    var id = pick.oneIn(12) ? Fake.groupId("another") : group.id();
    var policy = policy();
    var command = proposals.create(id, by, policy, members);
    creations.add(command);
    if (pick.oneIn(12)) {
      return withMembers(command, Crowd.members());
    }
    return pick.oneIn(3) ? pick.from(spoiledCreations()).apply(command) : command;
  }

  GroupCommand commit(Group group) {
    if (!commits.isEmpty() && pick.oneIn(10)) {
      return pick.from(commits);
    }
    DeviceAddress by = committer(group);
    List<Change> changes = changes(group);
    if (pick.oneIn(60)) {
      changes = Crowd.additions();
    }
    var command = pick.oneIn(8)
        ? proposals.reset(group, by, pick.oneIn(6) ? changes : List.of(), lost(group))
        : proposals.commit(group, by, changes);
    if (pick.oneIn(3)) {
      command = pick.from(spoiledCommits(group)).apply(command);
    }
    commits.add(command);
    return command;
  }

  /** Mostly right: an epoch that the group remembers, by a device in it. */
  GroupCommand refuseEpoch(Group group) {
    List<DeviceAddress> roster =
        new ArrayList<>(new TreeSet<>(group.epoch().roster().keySet()));
    DeviceAddress by =
        pick.from(roster.isEmpty() || pick.oneIn(4) ? proposals.directory().devices() : roster);
    return new GroupCommand.ReportEpochRefused(
        by, Math.max(0, group.epoch().number() + 1 - random.nextInt(4)));
  }

  private EpochRange lost(Group group) {
    long to = Math.max(1, group.epoch().number() + (pick.oneIn(6) ? 1 : 0) - random.nextInt(3));
    return new EpochRange(Math.max(1, to - random.nextInt(3)), to);
  }

  GroupCommand setPolicy() {
    return new GroupCommand.SetPolicy(pick.from(proposals.directory().devices()), policy());
  }

  private Policy policy() {
    var limits = new Policy(pick.from(GRACES), pick.from(AGES), pick.from(MESSAGES));
    return pick.oneIn(6) ? limits.thatForgets() : limits.with(pick.from(PASTS));
  }

  /** Mostly what its policy allows, between whoever there is. */
  GroupCommand shareHistory(Group group) {
    List<DeviceAddress> roster =
        new ArrayList<>(new TreeSet<>(group.epoch().roster().keySet()));
    boolean anybody = roster.isEmpty() || pick.oneIn(6);
    List<DeviceAddress> devices = anybody ? proposals.directory().devices() : roster;
    long current = Math.max(1, group.epoch().number());
    long from = 1L + random.nextInt((int) Math.min(current, 8));
    long until = pick.oneIn(3) ? current - 1 : from + random.nextInt((int) current);
    return new GroupCommand.ShareHistory(new KeyShare(
        pick.from(devices),
        pick.from(devices),
        from,
        Math.max(from, until),
        random.nextInt(2),
        Fake.bytes("keys", 40)));
  }

  private DeviceAddress committer(Group group) {
    List<DeviceAddress> roster =
        new ArrayList<>(new TreeSet<>(group.epoch().roster().keySet()));
    List<DeviceAddress> owners = roster.stream()
        .filter(d -> group.members().get(d.member()) == Role.OWNER)
        .toList();
    if (!owners.isEmpty() && !pick.oneIn(3)) {
      return pick.from(owners);
    }
    boolean anybody = roster.isEmpty() || pick.oneIn(5);
    return pick.from(anybody ? proposals.directory().devices() : roster);
  }

  private List<Change> changes(Group group) {
    var changes = new ArrayList<Change>();
    List<MemberId> all = new ArrayList<>(proposals.directory().members());
    Collections.shuffle(all, random);
    int count = random.nextInt(4);
    for (MemberId member : all.subList(0, Math.min(count, all.size()))) {
      changes.add(change(member, group.has(member)));
      if (pick.oneIn(20)) {
        changes.add(change(member, group.has(member)));
      }
    }
    return changes;
  }

  private Change change(MemberId member, boolean inside) {
    Role role = pick.from(List.of(Role.values()));
    boolean fitting = !pick.oneIn(8);
    if (inside != fitting) {
      return new Change.Add(member, role);
    }
    return random.nextBoolean() ? new Change.Remove(member) : new Change.SetRole(member, role);
  }

  private List<UnaryOperator<GroupCommand.Commit>> spoiledCommits(Group group) {
    long epoch = group.epoch().number();
    return List.of(
        Spoil.expectedEpoch(epoch - 1),
        Spoil.expectedEpoch(epoch + 1),
        Spoil.manifest(proposals, Spoil.group(Fake.groupId("another"))),
        Spoil.manifest(proposals, Spoil.epoch(epoch + 2)),
        Spoil.manifest(proposals, Spoil.previousHash(anyHash(epoch))),
        Spoil.manifest(proposals, Spoil.reason(pick.from(List.of(RotationReason.values())))),
        Spoil.manifest(proposals, Spoil.keySuite(2)),
        Spoil.manifest(
            proposals, Spoil.committer(pick.from(proposals.directory().devices()))),
        Spoil.manifest(proposals, Spoil.roster(this::withoutOne)),
        Spoil.sealedKeys(this::shuffled),
        Spoil.sealedKeys(this::withoutOne),
        Spoil.sealedKeys(this::withOneMore),
        Spoil.sealedKeys(this::withOneTwice),
        Spoil.registered(this::withoutOneEntry));
  }

  private List<UnaryOperator<GroupCommand.Create>> spoiledCreations() {
    return List.of(
        spoiled(Spoil.group(Fake.groupId("another"))),
        spoiled(Spoil.epoch(2)),
        spoiled(Spoil.reason(RotationReason.MANUAL)),
        spoiled(Spoil.keySuite(2)),
        spoiled(Spoil.committer(pick.from(proposals.directory().devices()))),
        spoiled(Spoil.roster(this::withoutOne)),
        Spoil.created(
            proposals, UnaryOperator.identity(), this::shuffled, UnaryOperator.identity()),
        Spoil.created(
            proposals, UnaryOperator.identity(), this::withOneTwice, UnaryOperator.identity()),
        Spoil.created(
            proposals, UnaryOperator.identity(), UnaryOperator.identity(), this::withoutOneEntry));
  }

  private UnaryOperator<GroupCommand.Create> spoiled(UnaryOperator<Manifest> manifest) {
    return Spoil.created(proposals, manifest, UnaryOperator.identity(), UnaryOperator.identity());
  }

  private static GroupCommand withMembers(GroupCommand.Create c, Map<MemberId, Role> members) {
    return new GroupCommand.Create(
        c.by(),
        c.groupId(),
        c.nonce(),
        c.policy(),
        members,
        c.manifest(),
        c.sealedKeys(),
        c.registered());
  }

  private static Bytes anyHash(long epoch) {
    return epoch == 0 ? Bytes.EMPTY : Fake.bytes("another manifest", 32);
  }

  /** A roster of one stays: a manifest cannot have less. */
  private <T> List<T> withoutOne(List<T> list) {
    var less = new ArrayList<>(list);
    less.remove(random.nextInt(less.size()));
    return less.isEmpty() ? list : less;
  }

  private List<SealedKey> withOneTwice(List<SealedKey> keys) {
    var more = new ArrayList<>(keys);
    more.set(random.nextInt(more.size()), keys.get(random.nextInt(keys.size())));
    return more;
  }

  private List<SealedKey> withOneMore(List<SealedKey> keys) {
    var more = new ArrayList<>(keys);
    more.add(pick.from(keys));
    return more;
  }

  private List<SealedKey> shuffled(List<SealedKey> keys) {
    var shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private <K extends Comparable<K>, V> Map<K, V> withoutOneEntry(Map<K, V> map) {
    var less = new HashMap<>(map);
    less.remove(pick.from(new ArrayList<>(new TreeSet<>(map.keySet()))));
    return less;
  }
}
