package io.karst.journal.history;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.MemberId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Registered members and their devices. Their lists bear no real signatures: no log holds them. */
public final class TestMembers {

  private final Map<MemberId, List<TestDevice>> devices = new TreeMap<>();

  /** Registers a member with these devices. */
  public MemberId register(String member, String... deviceIds) {
    var id = new MemberId(member);
    devices.put(
        id,
        Arrays.stream(deviceIds)
            .map(device -> new TestDevice(member, device))
            .sorted(Comparator.comparing(TestDevice::address))
            .toList());
    return id;
  }

  public List<MemberId> ids() {
    return List.copyOf(devices.keySet());
  }

  public TestDevice device(MemberId member, int index) {
    List<TestDevice> own = devices.getOrDefault(member, List.of());
    return own.get(index % own.size());
  }

  /** The device lists of some members. */
  public Map<MemberId, DeviceList> lists(Collection<MemberId> members) {
    return members.stream().collect(Collectors.toMap(Function.identity(), this::list));
  }

  /** The roster that these members make up. */
  public List<RosterEntry> roster(Collection<MemberId> members) {
    return members.stream()
        .sorted()
        .flatMap(member -> devices.getOrDefault(member, List.of()).stream()
            .map(device -> new RosterEntry(member, 1, device.identity())))
        .toList();
  }

  private DeviceList list(MemberId member) {
    List<DeviceIdentity> own = devices.getOrDefault(member, List.of()).stream()
        .map(TestDevice::identity)
        .toList();
    Bytes signature = Bytes.copyOf(new byte[64]);
    return new DeviceList(member, 1, Bytes.EMPTY, own, own.get(0).device(), signature);
  }
}
