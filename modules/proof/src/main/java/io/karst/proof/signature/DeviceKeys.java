package io.karst.proof.signature;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.statement.DeviceStatements;

/** Checks what a device signs with its identity key outside of groups. Thread-safe. */
public final class DeviceKeys {

  private final Signatures signatures;

  public DeviceKeys(Signatures signatures) {
    this.signatures = signatures;
  }

  /** Checks a one-time or fallback key of the device whose Ed25519 key is {@code identityKey}. */
  public Verdict oneTimeKey(DeviceAddress device, Bytes identityKey, SignedKey key) {
    if (!Curve25519Keys.acceptable(key.curve25519Key())) {
      return Verdict.KEY_INVALID;
    }
    return signatures.verify(
        identityKey, DeviceStatements.oneTimeKey(device, key), key.signature());
  }

  /** Checks a device's answer to a challenge. */
  public Verdict proof(DeviceAddress device, Bytes identityKey, Bytes challenge, Bytes signature) {
    return signatures.verify(
        identityKey, DeviceStatements.deviceProof(device, challenge), signature);
  }
}
