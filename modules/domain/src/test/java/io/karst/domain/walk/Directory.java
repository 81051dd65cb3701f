package io.karst.domain.walk;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which devices are registered, as the members' own accounts would answer.
 *
 * <p>Mutable: belongs to one test.
 */
public final class Directory {

  private final Map<MemberId, DeviceList> lists = new TreeMap<>();

  /** Registers a member, or replaces its devices with a next version of its list. */
  public Directory register(String member, String... devices) {
    var id = new MemberId(member);
    List<DeviceIdentity> identities = Arrays.stream(devices)
        .sorted()
        .map(device -> Fake.identity(new DeviceAddress(id, new DeviceId(device)), 1))
        .toList();
    return put(id, identities);
  }

  /** Gives a member's first device other keys under its old name. */
  public Directory rekey(MemberId member, int generation) {
    DeviceList old = list(member);
    var first = new DeviceAddress(member, old.devices().get(0).device());
    return put(
        member,
        Stream.concat(
                Stream.of(Fake.identity(first, generation)),
                old.devices().stream().skip(1))
            .toList());
  }

  public DeviceList list(MemberId member) {
    return Objects.requireNonNull(lists.get(member), member::value);
  }

  public Map<MemberId, DeviceList> lists() {
    return Map.copyOf(lists);
  }

  /** Members that a walk chooses from: all but the {@link Crowd}. */
  public List<MemberId> members() {
    return lists.keySet().stream().filter(member -> !Crowd.has(member)).toList();
  }

  /** The devices of {@link #members()}, ascending. */
  public List<DeviceAddress> devices() {
    return members().stream().flatMap(member -> devices(member).stream()).toList();
  }

  public List<DeviceAddress> devices(MemberId member) {
    return list(member).devices().stream()
        .map(identity -> new DeviceAddress(member, identity.device()))
        .toList();
  }

  private Directory put(MemberId member, List<DeviceIdentity> devices) {
    DeviceList old = lists.get(member);
    long version = old == null ? 1 : old.version() + 1;
    lists.put(
        member,
        new DeviceList(
            member,
            version,
            version == 1 ? Bytes.EMPTY : Fake.bytes("list " + member + (version - 1), 32),
            devices,
            devices.get(0).device(),
            Fake.bytes("list signature " + member + version, 64)));
    return this;
  }
}
