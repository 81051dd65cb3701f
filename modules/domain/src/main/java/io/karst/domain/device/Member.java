package io.karst.domain.device;

import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A member's account as its events tell it.
 *
 * <p>Invariant: {@code devices} has exactly the devices of the newest list; both are empty until
 * somebody registers.
 *
 * @param owed groups that are still to be told of the newest device list; at most as many as the
 *     inboxes of all devices remember
 * @param lastAt when the newest event was decided
 */
public record Member(
    MemberId id,
    DeviceChain chain,
    AccountRole role,
    Map<DeviceId, Device> devices,
    Set<GroupId> owed,
    Instant lastAt) {

  public Member {
    devices = Map.copyOf(devices);
    owed = Set.copyOf(owed);
  }

  /** The state before the first event. */
  public static Member empty(MemberId id) {
    return new Member(id, DeviceChain.NONE, AccountRole.MEMBER, Map.of(), Set.of(), Instant.EPOCH);
  }

  /**
   * Applies one recorded fact; throws {@link IllegalStateException} if it cannot follow this state.
   */
  public Member evolve(MemberEvent event) {
    return event.match(new MemberEvolution(this));
  }

  public boolean registered() {
    return deviceList().isPresent();
  }

  /** The newest device list; none until somebody registers. */
  public Optional<DeviceList> deviceList() {
    return chain.newest();
  }

  public Optional<Device> device(DeviceId device) {
    return Optional.ofNullable(devices.get(device));
  }

  /** The groups that any of its devices has had a sealed key of, as far as they are remembered. */
  Set<GroupId> groups() {
    var groups = new HashSet<GroupId>();
    devices.values().forEach(d -> d.inbox().taken().forEach(t -> groups.add(t.group())));
    return groups;
  }

  Member with(DeviceId device, Device newDevice, Instant at) {
    var changed = new HashMap<>(devices);
    changed.put(device, newDevice);
    return new Member(id, chain, role, changed, owed, at);
  }

  Member withOwed(Set<GroupId> groups, Instant at) {
    return new Member(id, chain, role, devices, groups, at);
  }
}
