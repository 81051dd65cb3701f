package io.karst.domain.device;

import io.karst.domain.id.DeviceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A member's device lists from version 1 on, whole, so that whoever knows an old version can verify
 * every later one.
 *
 * <p>Invariant: versions are 1, 2, 3 …, at most {@value #VERSIONS_MAX}; each adds one device or
 * removes some. That each is signed by a device of the one before is shown by {@code proof}.
 *
 * @param versions oldest first; none until somebody registers
 * @param retired ids of the devices of earlier chains, which the member has lost
 */
public record DeviceChain(List<DeviceList> versions, Set<DeviceId> retired) {

  /**
   * A hundred changes of every device a member can have. Kept whole it is at most 400 KB, and as a
   * rule one or two.
   */
  public static final int VERSIONS_MAX = 256;

  /** No device is added to a longer one, so that every device can still be removed. */
  static final int ADDING_VERSIONS_MAX = VERSIONS_MAX - DeviceList.DEVICES_MAX;

  /** A member loses all devices every year of a long life, each time with a new one in between. */
  public static final int RETIRED_MAX = 1000;

  static final DeviceChain NONE = new DeviceChain(List.of(), Set.of());

  public DeviceChain {
    versions = List.copyOf(versions);
    retired = Set.copyOf(retired);
    if (versions.size() > VERSIONS_MAX || retired.size() > RETIRED_MAX) {
      throw new IllegalArgumentException("device chain out of bounds");
    }
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i).version() != i + 1) {
        throw new IllegalArgumentException("versions are 1, 2, 3 …");
      }
    }
  }

  /** The newest version; none until somebody registers. */
  public Optional<DeviceList> newest() {
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /** Versions after {@code version}, oldest first, at most {@code limit}. */
  public List<DeviceList> after(long version, int limit) {
    return versions.stream().filter(l -> l.version() > version).limit(limit).toList();
  }

  /** Whether the member has, or ever had, a device of this id. */
  boolean hasUsed(DeviceId device) {
    return retired.contains(device)
        || versions.stream().anyMatch(list -> list.device(device).isPresent());
  }

  /** Every device that the member has or had, also in earlier chains. */
  public Set<DeviceId> everUsed() {
    var all = new HashSet<>(retired);
    all.addAll(used());
    return all;
  }

  /** Whether no further device may be added. */
  boolean isFull() {
    return versions.size() >= ADDING_VERSIONS_MAX;
  }

  /** Whether the devices of this chain could be remembered beside those lost before. */
  boolean canRetire() {
    return retired.size() + used().size() <= RETIRED_MAX;
  }

  DeviceChain plus(DeviceList next) {
    var all = new ArrayList<>(versions);
    all.add(next);
    return new DeviceChain(all, retired);
  }

  /** A chain that begins anew: the devices of this one are lost. */
  DeviceChain startingOver(DeviceList first) {
    var lost = new HashSet<>(retired);
    lost.addAll(used());
    return new DeviceChain(List.of(first), lost);
  }

  private Set<DeviceId> used() {
    var used = new HashSet<DeviceId>();
    versions.forEach(list -> list.devices().forEach(device -> used.add(device.device())));
    return used;
  }
}
