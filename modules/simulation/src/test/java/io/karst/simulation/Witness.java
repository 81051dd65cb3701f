package io.karst.simulation;

import io.karst.domain.epoch.Epoch;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.edge.message.DeviceMapping;
import io.karst.wire.v1.ClaimKeysResponse;
import io.karst.wire.v1.ClaimedKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sees what the server writes and hands out, at the moment when it does. */
final class Witness {

  private final World world;
  private final Set<Handed> handed = new HashSet<>();
  private final Map<GroupId, Set<DeviceAddress>> revoked = new HashMap<>();
  private final Set<DeviceAddress> ranOut = new HashSet<>();
  private long writes;

  private record Handed(DeviceAddress device, long keyId) {}

  Witness(World world) {
    this.world = world;
  }

  long writes() {
    return writes;
  }

  /** A one-time key opens one session, for one peer, once. */
  void answered(Object message) {
    if (message instanceof ClaimKeysResponse claimed) {
      for (ClaimedKey key : claimed.getKeysList()) {
        var device = DeviceMapping.address(key.getDevice());
        boolean again = key.hasKey()
            && !key.getKey().getFallback()
            && !handed.add(new Handed(device, key.getKey().getKeyId()));
        if (key.getKey().getFallback()) {
          ranOut.add(device);
        }
        if (again) {
          world.violated(
              Violation.Kind.KEY_REUSED, device + " key " + key.getKey().getKeyId());
        }
      }
    }
  }

  /** Whether a device's fallback key was ever handed out. */
  boolean hasRunOut(DeviceAddress device) {
    return ranOut.contains(device);
  }

  /** Before the write, by the server's clock as it really is. */
  void writes(Group before, List<GroupEvent> events, Instant now) {
    writes++;
    Instant judged = now.isBefore(before.lastAt()) ? before.lastAt() : now;
    for (GroupEvent event : events) {
      if (event instanceof GroupEvent.DevicesRevoked gone) {
        gone.devices()
            .forEach(device -> revoked
                .computeIfAbsent(before.id(), made -> new HashSet<>())
                .add(new DeviceAddress(gone.member(), device)));
      }
      if (event instanceof GroupEvent.EnvelopesAppended appended) {
        appended.envelopes().forEach(envelope -> judge(before, envelope, judged));
      }
    }
  }

  private void judge(Group before, Envelope envelope, Instant now) {
    if (revoked.getOrDefault(before.id(), Set.of()).contains(envelope.sender())) {
      world.violated(
          Violation.Kind.REVOKED_HEARD, before.id() + ": an envelope of " + envelope.sender());
    }
    Epoch current = before.epochs().current();
    Epoch previous = before.epochs().previous();
    boolean inGrace = envelope.epoch() == previous.number() && previous.accepts(now);
    if (envelope.epoch() != current.number() && !inGrace) {
      world.violated(
          Violation.Kind.LATE_ENVELOPE,
          "%s: epoch %d at %s".formatted(before.id(), envelope.epoch(), now));
    }
  }
}
