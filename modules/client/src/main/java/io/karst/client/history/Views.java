package io.karst.client.history;

import io.karst.client.epoch.LostEpochs;
import io.karst.client.memory.Unsealed;
import io.karst.client.recovery.Climb;
import io.karst.client.recovery.Outlook;
import io.karst.client.recovery.Repairs;
import io.karst.client.recovery.Rung;
import io.karst.client.store.EpochRow;
import io.karst.client.store.GroupRow;
import io.karst.client.work.DeviceContext;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Sees what matters to a climb in the store. */
final class Views {

  private final DeviceContext context;

  Views(DeviceContext context) {
    this.context = context;
  }

  Outlook from(Unsealed memory, Climb climb, Instant now) {
    Optional<EpochRow> newest = memory.tables().epochs().newest(climb.group());
    return new Outlook(
        now,
        isOpen(memory, climb),
        newest
            .filter(row -> climb.epochs().contains(row.number()) && LostEpochs.isLost(row))
            .isPresent(),
        climb.rung() == Rung.RENEWAL ? List.of() : others(memory, climb),
        Repairs.mayRenew(memory.tables().climbs(), climb.group(), now),
        drawn());
  }

  /** Whether the keys of all these epochs were meant for this device. */
  boolean isEntitled(Unsealed memory, GroupId group, EpochRange range) {
    return LongStream.rangeClosed(range.from(), range.to())
        .allMatch(epoch -> memory
            .tables()
            .epochs()
            .find(group, epoch)
            .filter(row -> row.access() != EpochRow.Access.NOT_IN_ROSTER)
            .isPresent());
  }

  /** What was asked for beyond what was meant for this device is open as long as it is asked. */
  private static boolean isOpen(Unsealed memory, Climb climb) {
    boolean inside = memory
        .tables()
        .groups()
        .find(climb.group())
        .filter(row -> row.standing() != GroupRow.Standing.OUT)
        .isPresent();
    return inside && (!climb.entitled() || LostEpochs.any(memory, climb.group(), climb.epochs()));
  }

  /**
   * Committers first: they surely had the keys, and the session with them may be the broken one.
   */
  private List<DeviceAddress> others(Unsealed memory, Climb climb) {
    List<DeviceAddress> roster =
        new ArrayList<>(memory.tables().epochs().newest(climb.group()).stream()
            .flatMap(row -> row.manifest().manifest().roster().stream())
            .map(RosterEntry::address)
            .filter(device -> !device.equals(context.self()))
            .toList());
    shuffle(roster);
    Set<DeviceAddress> ordered = new LinkedHashSet<>();
    LongStream.rangeClosed(climb.epochs().from(), climb.epochs().to())
        .mapToObj(epoch -> memory.tables().epochs().find(climb.group(), epoch))
        .flatMap(Optional::stream)
        .map(row -> row.manifest().manifest().committer())
        .filter(roster::contains)
        .forEach(ordered::add);
    ordered.addAll(roster);
    return List.copyOf(ordered);
  }

  private void shuffle(List<DeviceAddress> devices) {
    for (int i = devices.size() - 1; i > 0; i--) {
      int other = Math.floorMod(drawnInt(), i + 1);
      DeviceAddress moved = devices.set(i, devices.get(other));
      devices.set(other, moved);
    }
  }

  private double drawn() {
    return Integer.toUnsignedLong(drawnInt()) / (double) (1L << Integer.SIZE);
  }

  private int drawnInt() {
    return ByteBuffer.wrap(context.random().next(Integer.BYTES)).getInt();
  }
}
