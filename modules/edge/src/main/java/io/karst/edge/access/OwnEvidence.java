package io.karst.edge.access;

import io.karst.domain.access.AccessFacts;
import io.karst.domain.access.AccessFacts.EpochStanding;
import io.karst.domain.access.AccessFacts.History;
import io.karst.domain.access.AccessFacts.Place;
import io.karst.domain.access.AccessFacts.Reader;
import io.karst.domain.access.DeviceTrace;
import io.karst.domain.access.KeyState;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.refusal.Reason;
import io.karst.edge.message.AccessMapping;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.AccessEvidence;
import io.karst.wire.v1.ExplainResponse;
import java.util.Map;
import java.util.Optional;

/**
 * What the server knows of a device's way to a message of its member's own devices.
 *
 * <p>There is no key that would have to come first: each device's copy is in the log, for it to
 * fetch. The sender has none, and has stored what it said.
 *
 * @param trace none when the device is known from the message alone
 */
record OwnEvidence(LogPlace.Shared shared, DeviceAddress device, Optional<DeviceTrace> trace) {

  /** Fails with {@code DEVICE_NOT_FOUND} when nobody ever had such a device. */
  static OwnEvidence of(
      LogPlace.Shared shared, DeviceAddress device, Map<DeviceId, DeviceTrace> traces) {
    var evidence =
        new OwnEvidence(shared, device, Optional.ofNullable(traces.get(device.device())));
    if (evidence.trace().isEmpty() && !evidence.isMeant()) {
      throw new RefusedException(Reason.DEVICE_NOT_FOUND);
    }
    return evidence;
  }

  ExplainResponse response() {
    AccessFacts facts = facts();
    return ExplainResponse.newBuilder()
        .setReason(AccessMapping.reason(facts.explain()))
        .setEvidence(message(facts))
        .build();
  }

  private AccessFacts facts() {
    boolean own = device.member().equals(sender().member());
    var reader = new Reader(own, isMeant(), own, trace.map(DeviceTrace::revoked).orElse(true));
    return new AccessFacts(
        Place.ENVELOPE,
        reader,
        History.NONE,
        EpochStanding.SOUND,
        isMeant() ? KeyState.ACKNOWLEDGED : KeyState.NOT_SEALED,
        copy()
            .filter(copy -> FallbackSealing.isIn(copy.olmType(), copy.olmMessage(), trace))
            .isPresent());
  }

  /** Whether the device sent the message, or it was sealed to it. */
  private boolean isMeant() {
    return device.equals(sender()) || copy().isPresent();
  }

  private Optional<OwnerCopy> copy() {
    return device.member().equals(sender().member())
        ? shared.message().copyFor(device.device())
        : Optional.empty();
  }

  private DeviceAddress sender() {
    return shared.message().sender();
  }

  private AccessEvidence message(AccessFacts facts) {
    return AccessEvidence.newBuilder()
        .setSender(DeviceMapping.address(sender()))
        .setAcceptedAtMillis(shared.at().toEpochMilli())
        .setCommitter(DeviceMapping.address(sender()))
        .setEpochStartedOffset(shared.offset())
        .setMemberInRoster(facts.reader().memberInRoster())
        .setDeviceInRoster(facts.reader().deviceInRoster())
        .setMemberNow(facts.reader().memberNow())
        .setDeviceRevoked(facts.reader().revoked())
        .setKey(AccessMapping.keyState(facts.key()))
        .setSealedToFallbackKey(facts.sealedToFallback())
        .build();
  }
}
