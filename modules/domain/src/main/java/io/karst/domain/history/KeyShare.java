package io.karst.domain.history;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;

/**
 * Keys of past epochs that one device gives to another: exported ratchets, sealed over Olm.
 *
 * <p>Of many keys each part is a share of its own, over the same epochs.
 *
 * @param by who gives, and vouches for them
 * @param to the device that they are sealed to
 * @param fromEpoch the first epoch whose messages they open
 * @param toEpoch the last one
 * @param olmType 0 (pre-key message) or 1 (normal)
 */
public record KeyShare(
    DeviceAddress by,
    DeviceAddress to,
    long fromEpoch,
    long toEpoch,
    int olmType,
    Bytes olmMessage) {

  /** Some hundred exported ratchets; a row of the journal stays small. */
  public static final int MESSAGE_MAX = 49_152;

  public KeyShare {
    if (fromEpoch < 1 || toEpoch < fromEpoch) {
      throw new IllegalArgumentException("epochs are 1, 2, 3 and so on, in ascending order");
    }
    if (olmType < 0 || olmType > 1 || olmMessage.isEmpty() || olmMessage.length() > MESSAGE_MAX) {
      throw new IllegalArgumentException("olm type or message out of bounds");
    }
  }
}
