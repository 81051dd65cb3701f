package io.karst.domain.device;

import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A member's account as its events tell it.
 *
 * <p>Invariant: {@code devices} has exactly the devices of the newest list; both are empty until
 * somebody registers.
 *
 * @param lists the versions of the device list, oldest first
 * @param lastAt when the newest event was decided
 */
public record Member(
    MemberId id,
    List<DeviceList> lists,
    AccountRole role,
    Map<DeviceId, Device> devices,
    Instant lastAt) {

  public Member {
    lists = List.copyOf(lists);
    devices = Map.copyOf(devices);
  }

  /** The state before the first event. */
  public static Member empty(MemberId id) {
    return new Member(id, List.of(), AccountRole.MEMBER, Map.of(), Instant.EPOCH);
  }

  /**
   * Applies one recorded fact; throws {@link IllegalStateException} if it cannot follow this state.
   */
  public Member evolve(MemberEvent event) {
    return event.match(new MemberEvolution(this));
  }

  public boolean registered() {
    return !lists.isEmpty();
  }

  /** The newest device list; none until somebody registers. */
  public Optional<DeviceList> deviceList() {
    return lists.isEmpty() ? Optional.empty() : Optional.of(lists.get(lists.size() - 1));
  }

  public Optional<Device> device(DeviceId device) {
    return Optional.ofNullable(devices.get(device));
  }

  Member with(DeviceId device, Device newDevice, Instant at) {
    var changed = new HashMap<>(devices);
    changed.put(device, newDevice);
    return new Member(id, lists, role, changed, at);
  }
}
