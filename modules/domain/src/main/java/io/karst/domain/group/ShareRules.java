package io.karst.domain.group;

import io.karst.domain.history.KeyShare;
import io.karst.domain.history.Sharing;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import java.util.Optional;

/**
 * Who may give which keys to whom.
 *
 * <p>A device gives what it was there for. Who was there too may have it under any policy that
 * keeps keys: it has only lost them. Everybody else gets what the policy says.
 */
final class ShareRules {

  private ShareRules() {}

  /** Why a share by somebody in the group is refused. */
  static Optional<Reason> problem(Group group, KeyShare share) {
    Sharing sharing = group.sharing();
    DeviceAddress to = share.to();
    if (sharing.since(to).isEmpty() || to.equals(share.by()) || !group.has(to.member())) {
      return Optional.of(Reason.DEVICE_NOT_FOUND);
    }
    if (share.toEpoch() > group.epoch().number()) {
      return Optional.of(Reason.EPOCH_UNKNOWN);
    }
    if (!sharing.wasThere(share.by(), share.fromEpoch())) {
      return Optional.of(Reason.DEVICE_NOT_IN_ROSTER);
    }
    if (group.policy().forwardOnly()) {
      return Optional.of(Reason.HISTORY_FORBIDDEN);
    }
    return sharing.wasThere(to, share.fromEpoch()) ? Optional.empty() : granted(group, share);
  }

  private static Optional<Reason> granted(Group group, KeyShare share) {
    Optional<Reason> forbidden = switch (group.policy().history()) {
      case NONE -> Optional.of(Reason.HISTORY_FORBIDDEN);
      case FROM_INDEX ->
        group.isAllowed(share.by().member(), Role.ADMIN)
            ? Optional.empty()
            : Optional.of(Reason.ROLE_REQUIRED);
      case WHOLE -> Optional.empty();
    };
    return forbidden.isEmpty() && !group.sharing().isConnected(share)
        ? Optional.of(Reason.HISTORY_RANGE_INVALID)
        : forbidden;
  }
}
