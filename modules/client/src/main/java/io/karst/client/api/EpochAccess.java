package io.karst.client.api;

import io.karst.domain.access.KeyState;
import io.karst.domain.id.DeviceId;
import java.util.List;

/**
 * What a member's devices hold of one epoch, as the server knows it.
 *
 * @param devices every device that the member has, had, or had in the roster, ascending by id
 */
public record EpochAccess(long epoch, List<DeviceAccess> devices) {

  public EpochAccess {
    devices = List.copyOf(devices);
  }

  /**
   * What one device holds.
   *
   * @param inRoster the device was in the epoch's roster
   * @param key where the key is that was sealed to it
   * @param revoked the member has revoked the device since
   */
  public record DeviceAccess(DeviceId device, boolean inRoster, KeyState key, boolean revoked) {}
}
