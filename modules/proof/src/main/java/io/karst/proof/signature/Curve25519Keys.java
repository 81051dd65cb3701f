package io.karst.proof.signature;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;

/** Sanity of Curve25519 public keys (RFC 7748), which nobody signs with and so nobody can prove. */
public final class Curve25519Keys {

  /** The prime 2^255 - 19, little endian: encodings at or above it are not canonical. */
  private static final Bytes PRIME =
      Bytes.ofHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private Curve25519Keys() {}

  /**
   * Whether {@code key} is 32 bytes, canonical, and no point with which every agreement is zero.
   */
  public static boolean acceptable(Bytes key) {
    return key.length() == DeviceIdentity.KEY_LENGTH
        && belowPrime(key)
        && !LowOrder.MONTGOMERY_U.contains(key);
  }

  private static boolean belowPrime(Bytes key) {
    for (int i = DeviceIdentity.KEY_LENGTH - 1; i >= 0; i--) {
      int order = Byte.compareUnsigned(key.at(i), PRIME.at(i));
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }
}
