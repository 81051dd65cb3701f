package io.karst.client.history;

import io.karst.client.memory.Unsealed;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.Optional;

/** Looks devices up in the newest roster that was verified. */
final class Rosters {

  private Rosters() {}

  static Optional<RosterEntry> newest(Unsealed memory, GroupId group, DeviceAddress device) {
    return memory
        .tables()
        .epochs()
        .newest(group)
        .flatMap(row -> row.manifest().manifest().entry(device));
  }
}
