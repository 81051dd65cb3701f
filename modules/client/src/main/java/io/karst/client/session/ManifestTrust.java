package io.karst.client.session;

import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.signature.Manifests;
import io.karst.proof.signature.Signatures;
import io.karst.proof.signature.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges a manifest by what this device knows and the server cannot change: the manifest before it,
 * the members' pinned devices, and its own keys.
 *
 * <p>Thread-safe.
 */
public final class ManifestTrust {

  private final Manifests manifests;
  private final DeviceAddress self;
  private final DeviceIdentity own;

  public ManifestTrust(Signatures signatures, DeviceAddress self, DeviceIdentity own) {
    this.manifests = new Manifests(signatures);
    this.self = self;
    this.own = own;
  }

  /**
   * What is known beforehand.
   *
   * @param group the group that was asked for
   * @param epoch the epoch that was asked for
   * @param previous the verified manifest of the epoch before; absent when this device joins
   * @param pinned verified device lists of each member of the roster, ascending by version
   */
  public record Known(
      GroupId group,
      long epoch,
      Optional<SignedManifest> previous,
      Map<MemberId, List<DeviceList>> pinned) {
    public Known {
      pinned = Map.copyOf(pinned);
    }
  }

  /** Why a manifest must not be believed. */
  public Optional<Flaw> flaw(SignedManifest offered, Known known) {
    Manifest manifest = offered.manifest();
    if (!manifest.group().equals(known.group()) || manifest.epoch() != known.epoch()) {
      return Optional.of(Flaw.OTHER_GROUP);
    }
    if (manifest.keySuite() != Manifest.KEY_SUITE_OLM) {
      return Optional.of(Flaw.KEY_SUITE);
    }
    return chainFlaw(offered, known.previous())
        .or(() -> rosterFlaw(manifest, known))
        .or(() -> ownFlaw(manifest));
  }

  private Optional<Flaw> chainFlaw(SignedManifest offered, Optional<SignedManifest> previous) {
    Manifest manifest = offered.manifest();
    boolean first = manifest.epoch() == 1;
    if (first != (manifest.reason() == RotationReason.CREATED)) {
      return Optional.of(Flaw.CHAIN);
    }
    if (first) {
      return flaw(manifests.first(offered));
    }
    return previous.isPresent()
        ? flaw(manifests.next(previous.get(), offered))
        : joiningFlaw(offered);
  }

  /**
   * Who joins does not know the roster before: the committer must then be in this one, which the
   * pins vouch for.
   */
  private Optional<Flaw> joiningFlaw(SignedManifest offered) {
    Manifest manifest = offered.manifest();
    Optional<RosterEntry> committer = manifest.entry(manifest.committer());
    return committer.isPresent()
        ? flaw(manifests.verify(
            manifest, offered.signature(), committer.get().identity().ed25519Key()))
        : Optional.of(Flaw.COMMITTER_NOT_IN_ROSTER);
  }

  private static Optional<Flaw> rosterFlaw(Manifest manifest, Known known) {
    Map<MemberId, List<RosterEntry>> byMember =
        manifest.roster().stream().collect(Collectors.groupingBy(RosterEntry::member));
    Map<MemberId, Long> before = versions(known);
    for (Map.Entry<MemberId, List<RosterEntry>> member : byMember.entrySet()) {
      List<DeviceList> pinned = known.pinned().getOrDefault(member.getKey(), List.of());
      long oldest = before.getOrDefault(member.getKey(), 1L);
      Optional<Flaw> flaw = memberFlaw(member.getValue(), pinned, oldest);
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    return Optional.empty();
  }

  /**
   * A roster takes all devices of one version, and never goes back to one that had a device since
   * removed.
   */
  private static Optional<Flaw> memberFlaw(
      List<RosterEntry> entries, List<DeviceList> pinned, long oldestVersion) {
    long version = entries.get(0).deviceListVersion();
    Optional<DeviceList> list = DeviceTrust.version(pinned, version);
    if (list.isEmpty()) {
      return Optional.of(Flaw.UNKNOWN_VERSION);
    }
    List<RosterEntry> expected = CommitPlan.entries(list.get());
    return version >= oldestVersion && entries.equals(expected)
        ? Optional.empty()
        : Optional.of(Flaw.ROSTER_DEVICES);
  }

  /** The versions in the roster before, but of members whose chain is another one since. */
  private static Map<MemberId, Long> versions(Known known) {
    return known.previous().stream()
        .flatMap(signed -> signed.manifest().roster().stream())
        .filter(entry -> DeviceTrust.version(
                known.pinned().getOrDefault(entry.member(), List.of()), entry.deviceListVersion())
            .filter(list -> list.devices().contains(entry.identity()))
            .isPresent())
        .collect(Collectors.toMap(
            RosterEntry::member, RosterEntry::deviceListVersion, (one, same) -> one));
  }

  private Optional<Flaw> ownFlaw(Manifest manifest) {
    return manifest
        .entry(self)
        .filter(entry -> !entry.identity().equals(own))
        .map(entry -> Flaw.OWN_KEYS);
  }

  private static Optional<Flaw> flaw(Verdict verdict) {
    return switch (verdict) {
      case VALID -> Optional.empty();
      case KEY_INVALID, SIGNATURE_INVALID -> Optional.of(Flaw.SIGNATURE);
      case SIGNER_UNKNOWN -> Optional.of(Flaw.COMMITTER_NOT_IN_ROSTER);
      case CHAIN_BROKEN -> Optional.of(Flaw.CHAIN);
    };
  }
}
