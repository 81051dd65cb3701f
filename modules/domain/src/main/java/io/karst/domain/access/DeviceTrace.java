package io.karst.domain.access;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.Member;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a member's account knows of one of its devices and a group's keys.
 *
 * @param revoked the device was the member's, and is not any more
 * @param fallbackKeys the device's fallback keys, 32 bytes each, those of the last months with the
 *     newest last; none when it is revoked
 */
public record DeviceTrace(boolean revoked, InboxTrace inbox, List<Bytes> fallbackKeys) {

  private static final DeviceTrace REVOKED = new DeviceTrace(true, InboxTrace.NONE, List.of());

  public DeviceTrace {
    fallbackKeys = List.copyOf(fallbackKeys);
  }

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
                device.keys().fallbackKeys())));
    return Map.copyOf(traces);
  }
}
