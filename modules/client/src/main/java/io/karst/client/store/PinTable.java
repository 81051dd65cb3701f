package io.karst.client.store;

import io.karst.domain.device.DeviceChain;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.MemberId;
import java.util.List;

/** The members' device lists that were verified; trusted on first use, then as a signed chain. */
public interface PinTable {

  /** A whole chain: rosters name the version that they were taken from, however old it is. */
  int VERSIONS_MAX = DeviceChain.VERSIONS_MAX;

  /** Verified versions in ascending order. */
  List<DeviceList> of(MemberId member);

  /** Adds a version, and forgets the oldest beyond {@link #VERSIONS_MAX}. */
  void pin(DeviceList list);

  /** Forgets a member's versions, because it has a new chain. */
  void forget(MemberId member);
}
