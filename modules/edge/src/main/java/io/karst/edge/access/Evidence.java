package io.karst.edge.access;

import io.karst.domain.access.AccessFacts;
import io.karst.domain.access.AccessFacts.EpochStanding;
import io.karst.domain.access.AccessFacts.History;
import io.karst.domain.access.AccessFacts.Place;
import io.karst.domain.access.AccessFacts.Reader;
import io.karst.domain.access.DeviceTrace;
import io.karst.domain.access.KeyState;
import io.karst.domain.epoch.EpochFaults;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.epoch.EpochStart;
import io.karst.edge.message.AccessMapping;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.AccessEvidence;
import io.karst.wire.v1.ExplainResponse;
import java.util.Map;
import java.util.Optional;

/**
 * What the server knows of a device's way to an envelope.
 *
 * @param trace none when the device is known from the roster alone
 */
record Evidence(LogPlace.Said said, DeviceAddress device, Optional<DeviceTrace> trace) {

  /** Of a place that holds no envelope. */
  static ExplainResponse nothing(Place place) {
    var facts = new AccessFacts(
        place,
        new Reader(false, false, false, false),
        History.NONE,
        EpochStanding.SOUND,
        KeyState.NOT_SEALED,
        false);
    return ExplainResponse.newBuilder()
        .setReason(AccessMapping.reason(facts.explain()))
        .build();
  }

  /** Fails with {@code DEVICE_NOT_FOUND} when nobody ever had such a device. */
  static Evidence of(LogPlace.Said said, DeviceAddress device, Map<DeviceId, DeviceTrace> traces) {
    Optional<DeviceTrace> trace = Optional.ofNullable(traces.get(device.device()));
    if (trace.isEmpty() && !said.epoch().hasDevice(device)) {
      throw new RefusedException(Reason.DEVICE_NOT_FOUND);
    }
    return new Evidence(said, device, trace);
  }

  ExplainResponse response() {
    AccessFacts facts = facts();
    return ExplainResponse.newBuilder()
        .setReason(AccessMapping.reason(facts.explain()))
        .setEvidence(message(facts))
        .build();
  }

  private AccessFacts facts() {
    EpochStart epoch = said.epoch();
    var reader = new Reader(
        epoch.members().contains(device.member()),
        epoch.hasDevice(device),
        said.view().members().containsKey(device.member()),
        trace.map(DeviceTrace::revoked).orElse(true));
    Optional<SealedKey> sealed = epoch.keyOf(device);
    History history = history();
    return new AccessFacts(
        Place.ENVELOPE,
        reader,
        history,
        standing(),
        sealed.map(key -> keyState()).orElse(shared(history)),
        sealed
            .filter(key -> FallbackSealing.isIn(key.olmType(), key.olmMessage(), trace))
            .isPresent());
  }

  private History history() {
    Long first = said.view().readsFrom().get(device.member());
    if (first == null) {
      return History.NONE;
    }
    return said.epoch().number() < first ? History.FROM_LATER : History.SHARED;
  }

  /** Keys that were shared are in the log, for the device to fetch. */
  private static KeyState shared(History history) {
    return history == History.SHARED ? KeyState.ACKNOWLEDGED : KeyState.NOT_SEALED;
  }

  private EpochStanding standing() {
    long epoch = said.epoch().number();
    EpochFaults faults = said.view().faults();
    if (faults.isOrphaned(epoch)) {
      return EpochStanding.ORPHANED;
    }
    return faults.isRefused(epoch, device) ? EpochStanding.REFUSED : EpochStanding.SOUND;
  }

  private KeyState keyState() {
    return trace
        .map(known -> known.inbox().key(said.epoch().number(), said.view().delivered()))
        .orElse(KeyState.SEALED);
  }

  private AccessEvidence message(AccessFacts facts) {
    return AccessEvidence.newBuilder()
        .setSender(DeviceMapping.address(said.envelope().sender()))
        .setAcceptedAtMillis(said.at().toEpochMilli())
        .setEpoch(said.envelope().epoch())
        .setMessageIndex(said.envelope().messageIndex())
        .setCommitter(said.epoch().committer())
        .setEpochStartedOffset(said.epoch().offset())
        .setMemberInRoster(facts.reader().memberInRoster())
        .setDeviceInRoster(facts.reader().deviceInRoster())
        .setMemberNow(facts.reader().memberNow())
        .setDeviceRevoked(facts.reader().revoked())
        .setKey(AccessMapping.keyState(facts.key()))
        .setSealedToFallbackKey(facts.sealedToFallback())
        .build();
  }
}
