package io.karst.client.epoch;

import io.karst.client.memory.Unsealed;
import io.karst.client.recovery.Climb;
import io.karst.client.recovery.ClimbTable;
import io.karst.client.recovery.Ladder;
import io.karst.client.store.EpochRow;
import io.karst.client.store.EpochTable;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.GroupId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** The epochs whose key was meant for this device, which does not have it. */
public final class LostEpochs {

  private LostEpochs() {}

  /**
   * The run of them that ends with the newest epoch; empty when the device has the newest one's
   * key.
   */
  public static Optional<EpochRange> newest(Unsealed memory, GroupId group) {
    EpochTable epochs = memory.tables().epochs();
    return epochs.newest(group).filter(LostEpochs::isLost).map(row -> {
      long from = row.number();
      while (epochs.find(group, from - 1).filter(LostEpochs::isLost).isPresent()) {
        from--;
      }
      return new EpochRange(from, row.number());
    });
  }

  /** Begins to get the key of a lost epoch back, within the transaction that found it lost. */
  public static void climb(
      Unsealed memory, GroupId group, long epoch, Climb.Loss loss, Instant now) {
    ClimbTable climbs = memory.tables().climbs();
    climbs.replace(group, Ladder.add(climbs.of(group), Climb.lost(group, epoch, loss, now)));
  }

  /** Whether of one of these epochs the key is wanted, and it was not given up. */
  public static boolean any(Unsealed memory, GroupId group, EpochRange range) {
    EpochTable epochs = memory.tables().epochs();
    return LongStream.rangeClosed(range.from(), range.to())
        .anyMatch(
            epoch -> epochs.find(group, epoch).filter(LostEpochs::isWanted).isPresent()
                && !epochs.isOrphaned(group, epoch));
  }

  /** Others may give back what was forgotten, too; nobody needs a new epoch for that. */
  private static boolean isWanted(EpochRow row) {
    return isLost(row) || row.access() == EpochRow.Access.FORGOTTEN;
  }

  /** Runs of epochs whose keys are held, among these, the newest first. */
  public static List<EpochRange> held(Unsealed memory, GroupId group, EpochRange among) {
    EpochTable epochs = memory.tables().epochs();
    long newest =
        Math.min(among.to(), epochs.newest(group).map(EpochRow::number).orElse(0L));
    long oldest = Math.max(among.from(), newest - EpochTable.EPOCHS_MAX);
    List<EpochRange> runs = new ArrayList<>();
    long end = newest;
    for (long epoch = newest; epoch >= oldest - 1; epoch--) {
      boolean held = epoch >= oldest
          && epochs
              .find(group, epoch)
              .filter(row -> row.access() == EpochRow.Access.HELD)
              .isPresent();
      if (!held) {
        if (epoch < end) {
          runs.add(new EpochRange(epoch + 1, end));
        }
        end = epoch - 1;
      }
    }
    return runs;
  }

  /** Whether an epoch's key was meant for this device, which does not have it. */
  public static boolean isLost(EpochRow row) {
    return switch (row.access()) {
      case KEY_NOT_SEALED, KEY_NOT_OPENED, KEY_REFUSED -> true;
      case HELD, NOT_IN_ROSTER, FORGOTTEN -> false;
    };
  }
}
