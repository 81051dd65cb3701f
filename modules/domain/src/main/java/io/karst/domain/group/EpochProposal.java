package io.karst.domain.group;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The epoch that a device proposes: a signed manifest, and a key sealed to each device of it.
 *
 * @param registered the newest device list of every member that will be in the group
 */
record EpochProposal(
    DeviceAddress by,
    SignedManifest manifest,
    List<SealedKey> sealedKeys,
    Map<MemberId, DeviceList> registered) {

  /** What the manifest must say, given the group as it is and the changes that come with it. */
  record Terms(GroupId group, long epoch, Bytes previousHash, RotationReason reason) {}

  /** Why the proposal may not become the group's next epoch, with these members in it. */
  Optional<Reason> problem(Terms terms, Collection<MemberId> members) {
    return statementProblem(terms).or(() -> rosterProblem(members)).or(this::sealingProblem);
  }

  /** The committing device as it is registered now. */
  Optional<DeviceIdentity> committer() {
    return Optional.ofNullable(registered.get(by.member()))
        .flatMap(list -> list.device(by.device()));
  }

  GroupEvent.EpochStarted started(Instant at) {
    Map<DeviceAddress, SealedKey> sealed = sealedByDevice();
    return new GroupEvent.EpochStarted(
        manifest, roster().stream().map(entry -> sealed.get(entry.address())).toList(), at);
  }

  private Optional<Reason> statementProblem(Terms terms) {
    Manifest said = manifest.manifest();
    boolean fits = said.group().equals(terms.group())
        && said.epoch() == terms.epoch()
        && said.previousHash().equals(terms.previousHash())
        && said.reason() == terms.reason()
        && said.committer().equals(by);
    if (!fits) {
      return Optional.of(Reason.MANIFEST_INVALID);
    }
    return said.keySuite() == Manifest.KEY_SUITE_OLM
        ? Optional.empty()
        : Optional.of(Reason.KEY_SUITE_UNSUPPORTED);
  }

  /**
   * The roster is every registered device of every member, as the members' own lists have them now.
   */
  private Optional<Reason> rosterProblem(Collection<MemberId> members) {
    var expected = new ArrayList<RosterEntry>();
    for (MemberId member : members.stream().sorted().toList()) {
      DeviceList list = registered.get(member);
      if (list == null) {
        return Optional.of(Reason.MEMBER_NOT_FOUND);
      }
      list.devices()
          .forEach(device -> expected.add(new RosterEntry(member, list.version(), device)));
    }
    if (expected.size() > Manifest.ROSTER_MAX) {
      return Optional.of(Reason.GROUP_FULL);
    }
    if (!expected.equals(roster())) {
      return Optional.of(Reason.ROSTER_MISMATCH);
    }
    return committer().isPresent() ? Optional.empty() : Optional.of(Reason.DEVICE_NOT_IN_ROSTER);
  }

  private Optional<Reason> sealingProblem() {
    Map<DeviceAddress, SealedKey> sealed = sealedByDevice();
    boolean exact = sealedKeys.size() == roster().size()
        && sealed.size() == roster().size()
        && roster().stream().allMatch(entry -> sealed.containsKey(entry.address()));
    return exact ? Optional.empty() : Optional.of(Reason.SEALED_KEYS_MISMATCH);
  }

  private Map<DeviceAddress, SealedKey> sealedByDevice() {
    var sealed = new HashMap<DeviceAddress, SealedKey>();
    sealedKeys.forEach(key -> sealed.put(key.device(), key));
    return sealed;
  }

  private List<RosterEntry> roster() {
    return manifest.manifest().roster();
  }
}
