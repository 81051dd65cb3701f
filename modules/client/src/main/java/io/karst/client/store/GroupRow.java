package io.karst.client.store;

import io.karst.domain.id.GroupId;

/**
 * A group that the device is, or was, in.
 *
 * @param name this device's own label
 * @param firstEpoch the first one whose roster held the device
 */
public record GroupRow(
    GroupId id, String name, Standing standing, long firstEpoch, Position position) {

  /** What the group is to the device. */
  public enum Standing {
    /** The device is in it. */
    ACTIVE,
    /** The device's member is out of it. */
    OUT,
    /** It takes nothing more. */
    ARCHIVED,
    /** It is no group, but the log that the member's own devices share. */
    OWNER
  }

  public GroupRow withPosition(Position position) {
    return new GroupRow(id, name, standing, firstEpoch, position);
  }

  public GroupRow withStanding(Standing standing) {
    return new GroupRow(id, name, standing, firstEpoch, position);
  }
}
