package io.karst.simulation;

import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** What was shared of a group's past, and whether it was allowed: the log read in its order. */
final class Grants {

  private final Map<Long, Set<DeviceAddress>> rosters;
  private final Map<MemberId, Role> roles = new HashMap<>();
  private final Map<DeviceAddress, Set<Long>> given = new HashMap<>();
  private final Map<MemberId, Long> readsFrom = new HashMap<>();
  private final List<KeyShare> forbidden = new ArrayList<>();
  private Policy policy = Policy.DEFAULT;
  private long epoch;

  /** {@code rosters} by epoch; the newest is there before its event is taken. */
  Grants(Map<Long, Set<DeviceAddress>> rosters) {
    this.rosters = rosters;
  }

  void take(GroupEvent event) {
    if (event instanceof GroupEvent.GroupCreated created) {
      policy = created.policy();
    } else if (event instanceof GroupEvent.PolicyChanged changed) {
      policy = changed.policy();
    } else if (event instanceof GroupEvent.MemberAdded added) {
      roles.put(added.member(), added.role());
    } else if (event instanceof GroupEvent.RoleChanged changed) {
      roles.put(changed.member(), changed.role());
    } else if (event instanceof GroupEvent.MemberRemoved removed) {
      roles.remove(removed.member());
    } else if (event instanceof GroupEvent.MemberLeft left) {
      roles.remove(left.by().member());
    } else if (event instanceof GroupEvent.EpochStarted started) {
      epoch = started.manifest().manifest().epoch();
      readsFrom
          .keySet()
          .removeIf(member ->
              roster(epoch).stream().noneMatch(device -> device.member().equals(member)));
    } else if (event instanceof GroupEvent.HistoryShared shared) {
      take(shared.share());
    }
  }

  private void take(KeyShare share) {
    if (!isAllowed(share)) {
      forbidden.add(share);
    }
    Set<Long> epochs = given.computeIfAbsent(share.to(), made -> new HashSet<>());
    LongStream.rangeClosed(share.fromEpoch(), share.toEpoch()).forEach(epochs::add);
    if (!wasThere(share.to(), share.fromEpoch())) {
      readsFrom.merge(share.to().member(), share.fromEpoch(), Math::min);
    }
  }

  private boolean isAllowed(KeyShare share) {
    boolean fits = roster(epoch).contains(share.to())
        && wasThere(share.by(), share.fromEpoch())
        && share.toEpoch() <= epoch
        && !policy.forwardOnly();
    boolean lost = wasThere(share.to(), share.fromEpoch());
    boolean admin = roles.getOrDefault(share.by().member(), Role.MEMBER).includes(Role.ADMIN);
    return fits
        && (lost
            || policy.history() == History.WHOLE
            || (policy.history() == History.FROM_INDEX && admin));
  }

  private boolean wasThere(DeviceAddress device, long from) {
    return LongStream.rangeClosed(from, epoch).allMatch(each -> roster(each).contains(device));
  }

  private Set<DeviceAddress> roster(long of) {
    return rosters.getOrDefault(of, Set.of());
  }

  /** Shares that the policy of their time did not allow. */
  List<KeyShare> forbidden() {
    return List.copyOf(forbidden);
  }

  /** The epochs whose keys were given to a device. */
  Set<Long> given(DeviceAddress device) {
    return given.getOrDefault(device, Set.of());
  }

  /** From which epoch on a member is shown envelopes because somebody shared their keys. */
  Optional<Long> readsFrom(MemberId member) {
    return Optional.ofNullable(readsFrom.get(member));
  }
}
