package io.karst.domain.history;

import io.karst.domain.epoch.SealedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;

/**
 * A device's question for keys of past epochs, to one other device.
 *
 * @param by who asks
 * @param opening to whom, with an Olm message: it proves who asks, and opens the session in which
 *     the answer is sealed
 */
public record KeyRequest(
    GroupId group, DeviceAddress by, long fromEpoch, long toEpoch, SealedKey opening) {

  /** A few are enough for an answer, and a thousand would all answer. */
  public static final int TARGETS_MAX = 4;

  public KeyRequest {
    if (fromEpoch < 1 || toEpoch < fromEpoch) {
      throw new IllegalArgumentException("epochs are 1, 2, 3 and so on, in ascending order");
    }
  }
}
