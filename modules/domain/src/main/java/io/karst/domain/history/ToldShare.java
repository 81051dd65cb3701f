package io.karst.domain.history;

import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;

/**
 * A share of keys as its receiver is told of it: the keys themselves are in the group's log.
 *
 * @param offset the place of the share in the log, above 0
 * @param by who gives
 */
public record ToldShare(
    GroupId group, long offset, DeviceAddress by, long fromEpoch, long toEpoch) {

  public ToldShare {
    if (offset < 1 || fromEpoch < 1 || toEpoch < fromEpoch) {
      throw new IllegalArgumentException("offset or epochs out of bounds");
    }
  }
}
