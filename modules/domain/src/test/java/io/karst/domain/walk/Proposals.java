package io.karst.domain.walk;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Change;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes creations and commits that the rules accept, so that a test spoils exactly one thing.
 *
 * @param directory what is registered
 * @param hash of a manifest's statement
 */
public record Proposals(Directory directory, Function<Manifest, Bytes> hash) {

  public static Proposals of(Directory directory) {
    return new Proposals(directory, Fake::hash);
  }

  public GroupCommand.Create create(
      GroupId group, DeviceAddress by, Policy policy, Map<MemberId, Role> members) {
    var all = new TreeSet<>(members.keySet());
    all.add(by.member());
    Manifest manifest = new Manifest(
        group,
        1,
        Manifest.KEY_SUITE_OLM,
        Bytes.EMPTY,
        RotationReason.CREATED,
        by,
        commitment(group, 1),
        roster(all));
    return new GroupCommand.Create(
        by,
        group,
        Fake.bytes("nonce " + group, 16),
        policy,
        members,
        sign(manifest),
        sealed(manifest),
        directory.lists());
  }

  public GroupCommand.Commit commit(Group group, DeviceAddress by, List<Change> changes) {
    return commit(group, by, changes, reason(group, changes), Optional.empty());
  }

  /** A commit that gives epochs up. */
  public GroupCommand.Commit reset(
      Group group, DeviceAddress by, List<Change> changes, EpochRange orphaned) {
    return commit(group, by, changes, RotationReason.RESET, Optional.of(orphaned));
  }

  private GroupCommand.Commit commit(
      Group group,
      DeviceAddress by,
      List<Change> changes,
      RotationReason reason,
      Optional<EpochRange> orphaned) {
    Manifest manifest = new Manifest(
        group.id(),
        group.epoch().number() + 1,
        Manifest.KEY_SUITE_OLM,
        group.epoch().manifestHash(),
        reason,
        by,
        commitment(group.id(), group.epoch().number() + 1),
        roster(membersAfter(group, by, changes)));
    return new GroupCommand.Commit(
        by,
        group.epoch().number(),
        changes,
        sign(manifest),
        sealed(manifest),
        directory.lists(),
        orphaned);
  }

  /** What a manifest says of its reason. */
  public static RotationReason reason(Group group, List<Change> changes) {
    if (changes.isEmpty()) {
      return group.rotationDue().map(DueRotation::reason).orElse(RotationReason.MANUAL);
    }
    if (changes.stream().anyMatch(Change.Remove.class::isInstance)) {
      return RotationReason.MEMBER_REMOVED;
    }
    return changes.stream().anyMatch(Change.Add.class::isInstance)
        ? RotationReason.MEMBER_JOINED
        : RotationReason.MANUAL;
  }

  /** All registered devices of members, as many as a manifest can hold. */
  public List<RosterEntry> roster(Collection<MemberId> members) {
    var roster = new ArrayList<RosterEntry>();
    for (MemberId member : new TreeSet<>(members)) {
      DeviceList list = directory.list(member);
      list.devices().forEach(device -> roster.add(new RosterEntry(member, list.version(), device)));
    }
    return roster.subList(0, Math.min(roster.size(), Manifest.ROSTER_MAX));
  }

  public SignedManifest sign(Manifest manifest) {
    return new SignedManifest(
        manifest, hash.apply(manifest), Fake.bytes("signature of " + manifest.committer(), 64));
  }

  public static List<SealedKey> sealed(Manifest manifest) {
    return manifest.roster().stream()
        .map(entry -> Fake.sealedKey(entry.address(), manifest.epoch()))
        .toList();
  }

  private static Bytes commitment(GroupId group, long epoch) {
    return Fake.bytes("commitment " + group + epoch, 32);
  }

  /** At least the committer: a manifest needs a roster. */
  private static Collection<MemberId> membersAfter(
      Group group, DeviceAddress by, List<Change> changes) {
    var members = new TreeSet<>(group.members().keySet());
    for (Change change : changes) {
      if (change instanceof Change.Add) {
        members.add(change.member());
      } else if (change instanceof Change.Remove) {
        members.remove(change.member());
      }
    }
    return members.isEmpty() ? List.of(by.member()) : members;
  }
}
