package io.karst.domain.epoch;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;

/**
 * A device's signed word that a Megolm session (its Ed25519 key, 32 bytes) is its own in an epoch.
 */
public record SessionBinding(DeviceAddress sender, long epoch, Bytes sessionKey, Bytes signature) {

  public SessionBinding {
    if (epoch < 1 || sessionKey.length() != 32 || signature.length() != 64) {
      throw new IllegalArgumentException("epoch, session key or signature out of bounds");
    }
  }
}
