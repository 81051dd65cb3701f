package io.karst.edge.device;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.RefusedException;
import io.karst.proof.signature.DeviceKeys;
import io.karst.proof.signature.DeviceLists;
import io.karst.proof.signature.Signatures;
import io.karst.proof.signature.Verdict;
import java.util.Optional;

/** Verifies what devices sign before it becomes a command. Thread-safe. */
public final class KeyChecks {

  private final DeviceLists lists;
  private final DeviceKeys keys;

  public KeyChecks(Signatures signatures) {
    this.lists = new DeviceLists(signatures);
    this.keys = new DeviceKeys(signatures);
  }

  void requireFirst(DeviceList list) {
    problem(lists.first(list)).ifPresent(reason -> {
      throw new RefusedException(reason);
    });
  }

  void requireNext(DeviceList previous, DeviceList next) {
    problem(lists.next(previous, next)).ifPresent(reason -> {
      throw new RefusedException(reason);
    });
  }

  void require(DeviceList list, DeviceAddress device, SignedKey key) {
    Bytes identityKey = list.device(device.device())
        .orElseThrow(() -> new RefusedException(Reason.DEVICE_LIST_INVALID))
        .ed25519Key();
    problem(device, identityKey, key).ifPresent(reason -> {
      throw new RefusedException(reason);
    });
  }

  /** Why a key may not be handed out in the device's name. */
  Optional<Reason> problem(DeviceAddress device, Bytes identityKey, SignedKey key) {
    return problem(keys.oneTimeKey(device, identityKey, key));
  }

  private static Optional<Reason> problem(Verdict verdict) {
    return switch (verdict) {
      case VALID -> Optional.empty();
      case KEY_INVALID -> Optional.of(Reason.KEY_INVALID);
      case SIGNATURE_INVALID -> Optional.of(Reason.KEY_SIGNATURE_INVALID);
      case SIGNER_UNKNOWN, CHAIN_BROKEN -> Optional.of(Reason.DEVICE_LIST_INVALID);
    };
  }
}
