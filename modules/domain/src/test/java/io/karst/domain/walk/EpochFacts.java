package io.karst.domain.walk;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything about one epoch. */
final class EpochFacts {
  final SignedManifest signed;
  final Map<DeviceAddress, DeviceIdentity> roster;
  final long offset;
  final Instant startedAt;
  final Set<DeviceAddress> refusedBy = new HashSet<>();
  Instant acceptedUntil = Instant.MAX;

  EpochFacts(SignedManifest signed, long offset, Instant startedAt) {
    this.signed = signed;
    this.offset = offset;
    this.startedAt = startedAt;
    this.roster = signed.manifest().roster().stream()
        .collect(Collectors.toMap(RosterEntry::address, RosterEntry::identity));
  }
}
