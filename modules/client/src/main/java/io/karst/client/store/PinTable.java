package io.karst.client.store;

import io.karst.domain.device.DeviceList;
import io.karst.domain.id.MemberId;
import java.util.List;

/** The members' device lists that were verified; trusted on first use, then as a signed chain. */
public interface PinTable {

  /**
   * Rosters name the version that they were taken from; older than these, and an epoch cannot be
   * installed.
   */
  int VERSIONS_MAX = 16;

  /** Verified versions in ascending order. */
  List<DeviceList> of(MemberId member);

  /** Adds a version, and forgets the oldest beyond {@link #VERSIONS_MAX}. */
  void pin(DeviceList list);
}
