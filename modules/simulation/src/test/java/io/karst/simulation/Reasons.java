package io.karst.simulation;

import io.karst.domain.access.UnreadableReason;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.DeviceAddress;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Why a device cannot read what stands at a place, obviously right: the reasons of which whoever is
 * asked must name one, once everything that was sealed has been delivered and acknowledged.
 */
final class Reasons {

  private final Truth truth;
  private final Witness witness;
  private final Set<DeviceAddress> devices;
  private final Set<DeviceAddress> forgetful;

  /**
   * {@code devices} are those that their members have now, {@code forgetful} those that have lost
   * their pairwise sessions.
   */
  Reasons(Truth truth, Witness witness, Set<DeviceAddress> devices, Set<DeviceAddress> forgetful) {
    this.truth = truth;
    this.witness = witness;
    this.devices = Set.copyOf(devices);
    this.forgetful = Set.copyOf(forgetful);
  }

  /** Whether a device was in the roster, or was given the keys. */
  boolean mayRead(DeviceAddress device, long offset) {
    return Optional.ofNullable(truth.envelopes().get(offset))
        .filter(envelope -> truth.mayRead(device, envelope)
            || truth.grants().given(device).contains(envelope.epoch()))
        .isPresent();
  }

  /** What a device may tell its application when it is shown an envelope; none if it must read. */
  Set<UnreadableReason> told(DeviceAddress device, long offset) {
    Envelope envelope = truth.envelopes().get(offset);
    if (envelope == null) {
      return Set.of();
    }
    return truth.mayRead(device, envelope)
        ? lost(device, envelope.epoch())
        : outside(device, envelope);
  }

  /** What was sealed by or to a device that has lost its sessions may not have opened. */
  private Set<UnreadableReason> lost(DeviceAddress device, long epoch) {
    DeviceAddress committer =
        Objects.requireNonNull(truth.manifests().get(epoch)).manifest().committer();
    boolean closed = forgetful.contains(device) || forgetful.contains(committer);
    if (!closed) {
      return Set.of();
    }
    return truth.isOrphaned(epoch)
        ? Set.of(UnreadableReason.KEY_NOT_OPENED, UnreadableReason.EPOCH_ORPHANED)
        : Set.of(UnreadableReason.KEY_NOT_OPENED);
  }

  /** Who gave keys of an epoch may have had later ones only. */
  private Set<UnreadableReason> outside(DeviceAddress device, Envelope envelope) {
    Set<UnreadableReason> right = new HashSet<>();
    Set<Long> given = truth.grants().given(device);
    if (given.contains(envelope.epoch())) {
      right.add(UnreadableReason.INDEX_TOO_OLD);
      right.add(UnreadableReason.BEFORE_HISTORY_GRANT);
    }
    if (given.stream().allMatch(epoch -> epoch > envelope.epoch()) && !given.isEmpty()) {
      right.add(UnreadableReason.BEFORE_HISTORY_GRANT);
    }
    if (truth.mayRead(device.member(), envelope)) {
      right.add(UnreadableReason.DEVICE_NOT_IN_ROSTER);
    } else {
      right.add(UnreadableReason.NOT_A_MEMBER);
    }
    return right;
  }

  /**
   * What a device may say that reads the past once more, with keys that others gave: who gave them
   * may not have had all, and what the device has forgotten by itself it does not keep any more.
   */
  Set<UnreadableReason> reread(DeviceAddress device, long offset) {
    Envelope envelope = truth.envelopes().get(offset);
    if (envelope == null) {
      return Set.of();
    }
    if (!truth.mayRead(device, envelope)) {
      return outside(device, envelope);
    }
    Set<UnreadableReason> right = new HashSet<>(lost(device, envelope.epoch()));
    right.add(UnreadableReason.INDEX_TOO_OLD);
    right.add(UnreadableReason.SESSION_UNKNOWN);
    return right;
  }

  /** What the server may answer when it is asked about an offset. */
  Set<UnreadableReason> asked(DeviceAddress device, long offset) {
    if (offset >= truth.size()) {
      return Set.of(UnreadableReason.NOT_WRITTEN);
    }
    return Optional.ofNullable(truth.envelopes().get(offset))
        .map(envelope -> asked(device, envelope))
        .orElse(Set.of(UnreadableReason.NOT_AN_ENVELOPE));
  }

  private Set<UnreadableReason> asked(DeviceAddress device, Envelope envelope) {
    Optional<Long> given = truth.grants().readsFrom(device.member());
    if (!truth.mayRead(device.member(), envelope) && given.isEmpty()) {
      return Set.of(UnreadableReason.NOT_A_MEMBER);
    }
    if (!truth.members().contains(device.member())) {
      return Set.of(UnreadableReason.MEMBERSHIP_ENDED);
    }
    if (!devices.contains(device)) {
      return Set.of(UnreadableReason.DEVICE_REVOKED);
    }
    if (!truth.mayRead(device, envelope) && given.isEmpty()) {
      return Set.of(UnreadableReason.DEVICE_NOT_IN_ROSTER);
    }
    if (!truth.mayRead(device, envelope) && envelope.epoch() < given.orElseThrow()) {
      return Set.of(UnreadableReason.BEFORE_HISTORY_GRANT);
    }
    if (truth.isOrphaned(envelope.epoch())) {
      return Set.of(UnreadableReason.EPOCH_ORPHANED);
    }
    return witness.hasRunOut(device)
        ? Set.of(UnreadableReason.KEY_ACKNOWLEDGED, UnreadableReason.ONE_TIME_KEYS_EXHAUSTED)
        : Set.of(UnreadableReason.KEY_ACKNOWLEDGED);
  }
}
