package io.karst.domain.epoch;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;

/**
 * What a sealed key says, without whom it is for: where keys stand in the order of a roster, the
 * roster names their devices.
 */
public record SealedText(int olmType, Bytes olmMessage) {

  public SealedText {
    SealedKey.requireInBounds(olmType, olmMessage);
  }

  /** The key of a device that seals this. */
  public SealedKey to(DeviceAddress device) {
    return new SealedKey(device, olmType, olmMessage);
  }
}
