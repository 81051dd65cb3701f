package io.karst.domain.epoch;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;

/** One device of an epoch, and the version of its member's device list from which it was taken. */
public record RosterEntry(MemberId member, long deviceListVersion, DeviceIdentity identity) {

  public DeviceAddress address() {
    return new DeviceAddress(member, identity.device());
  }
}
