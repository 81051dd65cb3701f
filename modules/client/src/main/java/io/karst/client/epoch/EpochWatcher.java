package io.karst.client.epoch;

import io.karst.client.api.SecurityProblem;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;

/** Is told what comes to light while epochs are installed. Called on the device's thread. */
public interface EpochWatcher {

  /** A group that the device did not know holds it now. */
  void joined(GroupId group);

  /** A member that was known has other devices, as one of those it had has signed. */
  void devicesChanged(DeviceList list);

  /** An epoch was stored, which may be the key to others, or be lost itself. */
  void installed(GroupId group);

  /** Another device gave keys of epochs, and they were stored. */
  void keysShared(GroupId group, DeviceAddress by, long fromEpoch, long toEpoch);

  /** Something does not verify; it was not installed. */
  void warned(SecurityProblem problem);
}
