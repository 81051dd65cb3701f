package io.karst.client.history;

import io.karst.client.memory.Unsealed;
import io.karst.client.store.EpochRow;
import io.karst.client.store.EpochTable;
import io.karst.client.store.GroupRow;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.List;
import java.util.Optional;

/** Why this device cannot read what was said in an epoch, as far as its own store knows. */
public record ClosedEpochs(Unsealed memory, GroupId group, DeviceAddress self) {

  /** The reason that no other one could outweigh, of a message whose session is not held. */
  public UnreadableReason why(long epoch, Optional<EpochRow> row) {
    return row.map(this::why).orElseGet(() -> unknown(epoch));
  }

  private UnreadableReason why(EpochRow row) {
    return row.access() == EpochRow.Access.NOT_IN_ROSTER
        ? outside(row.manifest().manifest())
        : inside(row.number(), row.access());
  }

  private UnreadableReason inside(long epoch, EpochRow.Access access) {
    return switch (access) {
      case HELD -> UnreadableReason.SESSION_UNKNOWN;
      case NOT_IN_ROSTER -> UnreadableReason.NOT_A_MEMBER;
      case KEY_NOT_SEALED -> lost(epoch, UnreadableReason.KEY_NOT_SEALED);
      case KEY_NOT_OPENED -> lost(epoch, UnreadableReason.KEY_NOT_OPENED);
      case KEY_REFUSED -> lost(epoch, UnreadableReason.EPOCH_REFUSED);
      case FORGOTTEN -> UnreadableReason.INDEX_TOO_OLD;
    };
  }

  private UnreadableReason lost(long epoch, UnreadableReason otherwise) {
    boolean orphaned = memory.tables().epochs().isOrphaned(group, epoch);
    return orphaned ? UnreadableReason.EPOCH_ORPHANED : otherwise;
  }

  private UnreadableReason outside(Manifest manifest) {
    boolean otherDevice =
        manifest.roster().stream().anyMatch(entry -> entry.member().equals(self.member()));
    if (otherDevice && isRevoked()) {
      return UnreadableReason.DEVICE_REVOKED;
    }
    return before(
        manifest.epoch(),
        otherDevice ? UnreadableReason.DEVICE_NOT_IN_ROSTER : UnreadableReason.NOT_A_MEMBER);
  }

  /**
   * Who was in an epoch before this device's first is learned before anything of it is told. If the
   * server does not say, it has shown the envelope because another device of the member was in it,
   * unless there was a grant.
   */
  private UnreadableReason unknown(long epoch) {
    long first =
        memory.tables().groups().find(group).map(GroupRow::firstEpoch).orElse(Long.MAX_VALUE);
    if (epoch < first) {
      boolean granted = memory.tables().shared().grantedFrom(group).isPresent();
      return before(
          epoch, granted ? UnreadableReason.NOT_A_MEMBER : UnreadableReason.DEVICE_NOT_IN_ROSTER);
    }
    EpochTable epochs = memory.tables().epochs();
    boolean forgotten =
        epochs.newest(group).filter(newest -> newest.number() > epoch).isPresent();
    return forgotten
        ? inside(epoch, epochs.forgottenAs(group, epoch).orElse(EpochRow.Access.FORGOTTEN))
        : UnreadableReason.EPOCH_REFUSED;
  }

  private UnreadableReason before(long epoch, UnreadableReason otherwise) {
    boolean granted = memory
        .tables()
        .shared()
        .grantedFrom(group)
        .filter(first -> first > epoch)
        .isPresent();
    return granted ? UnreadableReason.BEFORE_HISTORY_GRANT : otherwise;
  }

  /** What a session says that others gave: of an epoch that was granted it begins with a grant. */
  public UnreadableReason given(Optional<EpochRow> row, UnreadableReason why) {
    boolean granted = row.map(EpochRow::access)
        .map(access -> access == EpochRow.Access.NOT_IN_ROSTER)
        .orElse(true);
    return granted && why == UnreadableReason.INDEX_TOO_OLD
        ? UnreadableReason.BEFORE_HISTORY_GRANT
        : why;
  }

  /** The newest list of this member's devices that is signed, and was verified, lacks this one. */
  private boolean isRevoked() {
    List<DeviceList> own = memory.tables().pins().of(self.member());
    return !own.isEmpty()
        && own.get(own.size() - 1).devices().stream()
            .noneMatch(device -> device.device().equals(self.device()))
        && own.stream()
            .flatMap(list -> list.devices().stream())
            .anyMatch(device -> device.device().equals(self.device()));
  }
}
