package io.karst.proof.signature;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.proof.statement.DeviceStatements;
import java.util.Optional;

/** Checks a member's signed chain of devices. Thread-safe. */
public final class DeviceLists {

  private final Signatures signatures;

  public DeviceLists(Signatures signatures) {
    this.signatures = signatures;
  }

  /** The hash by which the next version names this one, 32 bytes. */
  public static Bytes hash(DeviceList list) {
    return DeviceStatements.deviceList(list).hash();
  }

  /** Checks the start of a chain: version 1, signed by one of its own devices. */
  public Verdict first(DeviceList list) {
    return list.version() == 1 ? signedBy(list, list) : Verdict.CHAIN_BROKEN;
  }

  /**
   * Checks that {@code next} follows {@code previous} and is signed by one of the latter's devices.
   */
  public Verdict next(DeviceList previous, DeviceList next) {
    boolean follows = next.member().equals(previous.member())
        && next.version() == previous.version() + 1
        && next.previousHash().equals(hash(previous));
    return follows ? signedBy(previous, next) : Verdict.CHAIN_BROKEN;
  }

  private Verdict signedBy(DeviceList signers, DeviceList list) {
    if (!list.devices().stream().allMatch(this::keysAcceptable)) {
      return Verdict.KEY_INVALID;
    }
    Optional<DeviceIdentity> signer = signers.device(list.signer());
    if (signer.isEmpty()) {
      return Verdict.SIGNER_UNKNOWN;
    }
    return signatures.verify(
        signer.get().ed25519Key(), DeviceStatements.deviceList(list), list.signature());
  }

  private boolean keysAcceptable(DeviceIdentity device) {
    return signatures.acceptable(device.ed25519Key())
        && Curve25519Keys.acceptable(device.curve25519Key());
  }
}
