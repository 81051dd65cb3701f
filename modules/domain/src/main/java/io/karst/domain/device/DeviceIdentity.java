package io.karst.domain.device;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceId;

/** A device's long-term public keys: Ed25519 and Curve25519, 32 bytes each. */
public record DeviceIdentity(DeviceId device, Bytes ed25519Key, Bytes curve25519Key) {

  public static final int KEY_LENGTH = 32;

  public DeviceIdentity {
    if (ed25519Key.length() != KEY_LENGTH || curve25519Key.length() != KEY_LENGTH) {
      throw new IllegalArgumentException("a public key has " + KEY_LENGTH + " bytes");
    }
  }
}
