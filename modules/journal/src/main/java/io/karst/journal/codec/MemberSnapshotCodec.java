package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.read;
import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.device.Device;
import io.karst.domain.device.DeviceChain;
import io.karst.domain.device.KeyStock;
import io.karst.domain.device.Member;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.journal.v1.MemberSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Snapshots of a member's account as bytes: {@code karst.journal.v1.MemberSnapshot}.
 *
 * <p>The rules of {@link GroupRecordCodec} hold. Equal accounts are equal bytes.
 */
public final class MemberSnapshotCodec {

  private MemberSnapshotCodec() {}

  /** Encodes deterministically. */
  public static byte[] encode(Member member) {
    return Wire.write(MemberSnapshot.newBuilder()
        .setMemberId(member.id().value())
        .addAllDeviceLists(
            member.chain().versions().stream().map(DeviceFields::deviceList).toList())
        .setRole(member.role().number())
        .addAllDevices(devices(member))
        .setLastAtMillis(Fields.millis(member.lastAt()))
        .addAllOwedGroupIds(member.owed().stream().map(GroupId::value).sorted().toList())
        .addAllRetiredDeviceIds(
            member.chain().retired().stream().map(DeviceId::value).sorted().toList())
        .build());
  }

  /** Throws {@link CorruptRecord}. */
  public static Member decode(byte[] bytes) {
    MemberSnapshot snapshot = Wire.read(MemberSnapshot.parser(), bytes);
    MemberId id = read("member_id", () -> new MemberId(snapshot.getMemberId()));
    return read(
        "snapshot",
        () -> new Member(
            id,
            chain(id, snapshot),
            read("role", () -> Fields.accountRole(snapshot.getRole())),
            devices(id, snapshot),
            Set.copyOf(readAll(
                "owed_group_ids",
                snapshot.getOwedGroupIdsCount(),
                i -> new GroupId(snapshot.getOwedGroupIds(i)))),
            read("last_at_millis", () -> Fields.time(snapshot.getLastAtMillis()))));
  }

  private static DeviceChain chain(MemberId member, MemberSnapshot snapshot) {
    return new DeviceChain(
        readAll(
            "device_lists",
            snapshot.getDeviceListsCount(),
            i -> DeviceFields.deviceList(member, snapshot.getDeviceLists(i))),
        Set.copyOf(readAll(
            "retired_device_ids",
            snapshot.getRetiredDeviceIdsCount(),
            i -> new DeviceId(snapshot.getRetiredDeviceIds(i)))));
  }

  private static List<MemberSnapshot.Device> devices(Member member) {
    return member.devices().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(device -> device(device.getKey(), device.getValue()))
        .toList();
  }

  private static Map<DeviceId, Device> devices(MemberId member, MemberSnapshot snapshot) {
    Map<DeviceId, Device> devices = new HashMap<>();
    for (int i = 0; i < snapshot.getDevicesCount(); i++) {
      MemberSnapshot.Device device = snapshot.getDevices(i);
      read("devices[" + i + "]", () -> {
        var id = new DeviceId(device.getDeviceId());
        return devices.put(id, device(new DeviceAddress(member, id), device));
      });
    }
    return devices;
  }

  private static MemberSnapshot.Device device(DeviceId id, Device device) {
    KeyStock keys = device.keys();
    MemberSnapshot.Device.Builder target = MemberSnapshot.Device.newBuilder()
        .setDeviceId(id.value())
        .addAllOneTimeKeys(
            keys.oneTimeKeys().stream().map(DeviceFields::signedKey).toList())
        .setFallbackKey(DeviceFields.signedKey(keys.fallbackKey()))
        .addAllInbox(device.inbox().items().stream().map(InboxFields::item).toList())
        .setLastSequence(device.inbox().lastSequence())
        .addAllTaken(device.inbox().taken().stream().map(InboxFields::taken).toList())
        .setLinkProof(Fields.bytes(device.linkProof()))
        .addAllPastFallbackKeys(
            keys.pastFallbackKeys().stream().map(Fields::bytes).toList());
    if (keys.watermark() >= 0) {
      target.setWatermark(keys.watermark());
    }
    return target.build();
  }

  private static Device device(DeviceAddress address, MemberSnapshot.Device device) {
    return new Device(
        keys(device), InboxFields.inbox(address, device), Fields.bytes(device.getLinkProof()));
  }

  private static KeyStock keys(MemberSnapshot.Device device) {
    return new KeyStock(
        readAll(
            "one_time_keys",
            device.getOneTimeKeysCount(),
            i -> DeviceFields.signedKey(device.getOneTimeKeys(i))),
        device.hasWatermark() ? Fields.notNegative(device.getWatermark()) : -1,
        read("fallback_key", () -> DeviceFields.signedKey(device.getFallbackKey())),
        device.getPastFallbackKeysList().stream().map(Fields::bytes).toList());
  }
}
