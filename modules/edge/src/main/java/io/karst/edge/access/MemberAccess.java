package io.karst.edge.access;

import io.karst.domain.access.DeviceTrace;
import io.karst.domain.access.KeyState;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.edge.epoch.EpochStart;
import io.karst.edge.message.AccessMapping;
import io.karst.wire.v1.DeviceAccess;
import io.karst.wire.v1.EpochAccess;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What a member's devices hold of epochs. */
record MemberAccess(MemberId member, Map<DeviceId, DeviceTrace> traces) {

  /** {@code delivered}: every inbox has taken its keys of the epochs up to this one. */
  EpochAccess of(EpochStart epoch, long delivered) {
    var devices = new TreeSet<>(epoch.devicesOf(member));
    traces.forEach((device, trace) -> {
      if (!trace.revoked()) {
        devices.add(device);
      }
    });
    var access = EpochAccess.newBuilder().setEpoch(epoch.number());
    for (DeviceId device : devices) {
      Optional<DeviceTrace> trace = Optional.ofNullable(traces.get(device));
      var address = new DeviceAddress(member, device);
      KeyState key = epoch
          .keyOf(address)
          .map(there -> trace
              .map(known -> known.inbox().key(epoch.number(), delivered))
              .orElse(KeyState.SEALED))
          .orElse(KeyState.NOT_SEALED);
      access.addDevices(DeviceAccess.newBuilder()
          .setDeviceId(device.value())
          .setInRoster(epoch.hasDevice(address))
          .setKey(AccessMapping.keyState(key))
          .setRevoked(trace.map(DeviceTrace::revoked).orElse(true)));
    }
    return access.build();
  }
}
