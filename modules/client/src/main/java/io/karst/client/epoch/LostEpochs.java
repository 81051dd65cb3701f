package io.karst.client.epoch;

import io.karst.client.memory.Unsealed;
import io.karst.client.store.EpochRow;
import io.karst.client.store.EpochTable;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.GroupId;
import java.util.Optional;

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

  private static boolean isLost(EpochRow row) {
    return switch (row.access()) {
      case KEY_NOT_OPENED, KEY_REFUSED -> true;
      case HELD, NOT_IN_ROSTER -> false;
    };
  }
}
