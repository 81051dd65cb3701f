package io.karst.domain.epoch;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;

/** An epoch key encrypted to one device: an Olm message of type 0 (pre-key) or 1 (normal). */
public record SealedKey(DeviceAddress device, int olmType, Bytes olmMessage) {

  /** Olm type of a message that opens a session with a one-time or fallback key. */
  public static final int PRE_KEY_TYPE = 0;

  /**
   * A pre-key message with an 86-byte plaintext has 257 bytes; the rest is room for other key
   * suites.
   */
  public static final int MESSAGE_MAX = 512;

  public SealedKey {
    requireInBounds(olmType, olmMessage);
  }

  /** What it says. */
  public SealedText text() {
    return new SealedText(olmType, olmMessage);
  }

  static void requireInBounds(int olmType, Bytes olmMessage) {
    if (olmType < 0 || olmType > 1 || olmMessage.isEmpty() || olmMessage.length() > MESSAGE_MAX) {
      throw new IllegalArgumentException("olm type or message out of bounds");
    }
  }
}
