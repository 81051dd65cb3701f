package io.karst.domain.history;

import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a group remembers of who was there since when, and of what was shared.
 *
 * <p>Invariant: {@code since} has the devices of the newest roster, {@code readsFrom} some of its
 * members; at most {@value #RECENT_MAX} shares, ascending by offset.
 *
 * @param since the first epoch of each device's unbroken presence
 * @param readsFrom the first epoch that was shared with a member, which reads every one since
 * @param recent the newest shares, to be told again after a crash
 */
public record Sharing(
    Map<DeviceAddress, Long> since, Map<MemberId, Long> readsFrom, List<Recent> recent) {

  /** More shares in a crash's shadow are found by their receivers in the log. */
  public static final int RECENT_MAX = 64;

  /** Who did not hear of a share in that time finds it in the log. */
  public static final Duration TOLD_AGAIN_MAX = Duration.ofDays(1);

  public static final Sharing NONE = new Sharing(Map.of(), Map.of(), List.of());

  public Sharing {
    since = Map.copyOf(since);
    readsFrom = Map.copyOf(readsFrom);
    recent = List.copyOf(recent);
    if (recent.size() > RECENT_MAX) {
      throw new IllegalArgumentException("at most " + RECENT_MAX + " shares are remembered");
    }
  }

  /** A share without its keys, which are at its offset in the log. */
  public record Recent(
      long offset, Instant at, DeviceAddress by, DeviceAddress to, long fromEpoch, long toEpoch) {}

  /** The first epoch of a device's unbroken presence, if it is in the newest roster. */
  public Optional<Long> since(DeviceAddress device) {
    return Optional.ofNullable(since.get(device));
  }

  /** Whether the device was in the roster of every epoch from this one on. */
  public boolean wasThere(DeviceAddress device, long epoch) {
    return since(device).filter(first -> first <= epoch).isPresent();
  }

  /**
   * Whether the receiver's member would read every epoch from the share's first on: a share must
   * leave no gap.
   */
  public boolean isConnected(KeyShare share) {
    long own = since(share.to()).orElse(Long.MAX_VALUE);
    long first = Math.min(own, readsFrom.getOrDefault(share.to().member(), own));
    return share.toEpoch() >= first - 1;
  }

  /** Shares that may not have been told, newest last. */
  public List<Recent> toTellAgain(Instant now) {
    return recent.stream()
        .filter(share -> share.at().plus(TOLD_AGAIN_MAX).isAfter(now))
        .toList();
  }

  /** After an epoch has started with these devices. */
  public Sharing start(long epoch, Collection<DeviceAddress> roster) {
    Map<DeviceAddress, Long> present = new HashMap<>();
    Set<MemberId> members = new HashSet<>();
    for (DeviceAddress device : roster) {
      present.put(device, since.getOrDefault(device, epoch));
      members.add(device.member());
    }
    Map<MemberId, Long> reading = new HashMap<>(readsFrom);
    reading.keySet().retainAll(members);
    return new Sharing(present, reading, recent);
  }

  /** After a share that became the entry at {@code offset}. */
  public Sharing with(KeyShare share, long offset, Instant at) {
    Map<MemberId, Long> reading = new HashMap<>(readsFrom);
    if (!wasThere(share.to(), share.fromEpoch())) {
      reading.merge(share.to().member(), share.fromEpoch(), Math::min);
    }
    var shares = new ArrayList<>(recent);
    if (shares.size() == RECENT_MAX) {
      shares.remove(0);
    }
    shares.add(new Recent(offset, at, share.by(), share.to(), share.fromEpoch(), share.toEpoch()));
    return new Sharing(since, reading, shares);
  }
}
