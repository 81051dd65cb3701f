package io.karst.domain.owner;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceId;

/**
 * An owner message encrypted to one device: an Olm message of type 0 (pre-key) or 1 (normal), of 1
 * to {@value #MESSAGE_MAX} bytes.
 */
public record OwnerCopy(DeviceId to, int olmType, Bytes olmMessage) {

  /**
   * Seven of them stay below the largest row of a journal, 256 KiB, and far below a mutation of 1
   * MiB.
   */
  public static final int MESSAGE_MAX = 32_768;

  public OwnerCopy {
    if (olmType < 0 || olmType > 1 || olmMessage.isEmpty() || olmMessage.length() > MESSAGE_MAX) {
      throw new IllegalArgumentException("olm type or message out of bounds");
    }
  }
}
