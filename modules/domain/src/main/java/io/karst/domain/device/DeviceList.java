package io.karst.domain.device;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.util.List;
import java.util.Optional;

/**
 * One version of a member's signed chain of devices.
 *
 * <p>Invariant: 1 to {@value #DEVICES_MAX} devices, ascending by id, each once; the previous hash
 * is empty in version 1 and 32 bytes later; the signature has 64 bytes. That the signature is right
 * is shown by {@code proof}, not here.
 */
public record DeviceList(
    MemberId member,
    long version,
    Bytes previousHash,
    List<DeviceIdentity> devices,
    DeviceId signer,
    Bytes signature) {

  /** A person's phones, tablets and computers; bounds every roster. */
  public static final int DEVICES_MAX = 8;

  public DeviceList {
    devices = List.copyOf(devices);
    require(version >= 1, "version starts at 1");
    require(previousHash.length() == (version == 1 ? 0 : 32), "previous hash has the wrong length");
    require(!devices.isEmpty() && devices.size() <= DEVICES_MAX, "1 to 8 devices");
    require(signature.length() == 64, "a signature has 64 bytes");
    for (int i = 1; i < devices.size(); i++) {
      require(
          devices.get(i - 1).device().compareTo(devices.get(i).device()) < 0,
          "devices ascend by id, each once");
    }
  }

  public Optional<DeviceIdentity> device(DeviceId id) {
    return devices.stream().filter(d -> d.device().equals(id)).findFirst();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
