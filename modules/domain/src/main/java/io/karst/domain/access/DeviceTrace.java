package io.karst.domain.access;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.Member;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import java.util.HashMap;
import java.util.Map;

/**
 * What a member's account knows of one of its devices and a group's keys.
 *
 * @param revoked the device was the member's, and is not any more
 * @param fallbackKey the device's newest fallback key, 32 bytes; empty when it is revoked
 */
public record DeviceTrace(boolean revoked, InboxTrace inbox, Bytes fallbackKey) {

  private static final DeviceTrace REVOKED = new DeviceTrace(true, InboxTrace.NONE, Bytes.EMPTY);

  /** All devices that the member has or had. */
  public static Map<DeviceId, DeviceTrace> of(Member member, GroupId group, EpochRange range) {
    var traces = new HashMap<DeviceId, DeviceTrace>();
    member.chain().everUsed().forEach(device -> traces.put(device, REVOKED));
    member
        .devices()
        .forEach((id, device) -> traces.put(
            id,
            new DeviceTrace(
                false,
                InboxTrace.of(device.inbox(), group, range),
                device.keys().fallbackKey().curve25519Key())));
    return Map.copyOf(traces);
  }
}
