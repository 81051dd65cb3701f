package io.karst.crypto.wire;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.UnsupportedVersionException;

/** The message format of a session; both sides must use the same. */
public enum SessionConfig {
  /** Version byte 3, MAC cut to 8 bytes: the only one of libolm, and the default everywhere. */
  V1(3, 8),
  /** Version byte 4, MAC of 32 bytes: vodozemac and this library. */
  V2(4, 32);

  private final byte version;
  private final int macLength;

  SessionConfig(int version, int macLength) {
    this.version = (byte) version;
    this.macLength = macLength;
  }

  /** First byte of each message. */
  byte version() {
    return version;
  }

  /** Bytes of each message's MAC. */
  public int macLength() {
    return macLength;
  }

  static SessionConfig ofVersion(byte version) throws EncodingException {
    for (SessionConfig config : values()) {
      if (config.version == version) {
        return config;
      }
    }
    throw new UnsupportedVersionException(V2.version, version & 0xff);
  }
}
