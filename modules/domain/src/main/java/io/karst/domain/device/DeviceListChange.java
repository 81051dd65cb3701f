package io.karst.domain.device;

import io.karst.domain.id.DeviceId;
import java.util.List;

/**
 * What is different between two versions of a device list.
 *
 * @param added devices that are new, or have other keys
 * @param removed devices that are gone, or have other keys
 */
record DeviceListChange(List<DeviceIdentity> added, List<DeviceId> removed) {

  DeviceListChange {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  static DeviceListChange between(DeviceList previous, DeviceList next) {
    return new DeviceListChange(
        next.devices().stream().filter(d -> !previous.devices().contains(d)).toList(),
        previous.devices().stream()
            .filter(d -> !next.devices().contains(d))
            .map(DeviceIdentity::device)
            .toList());
  }

  boolean addsOne() {
    return added.size() == 1 && removed.isEmpty();
  }

  boolean removesSome() {
    return added.isEmpty() && !removed.isEmpty();
  }
}
