package io.karst.edge.device;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.edge.call.MessageLimits;
import io.karst.edge.scene.LargestGroup;
import io.karst.wire.v1.ListDevicesResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListedDevicesTest {

  @Test
  void areAsManyAsFitInTheOrderAsked() {
    List<MemberId> asked =
        LargestGroup.DEVICES.stream().map(DeviceAddress::member).toList();
    Map<MemberId, DeviceList> lists =
        asked.stream().map(ListedDevicesTest::list).collect(toMap(DeviceList::member, identity()));
    var answer = ListDevicesResponse.newBuilder()
        .addAllDeviceLists(DeviceMethods.inOrder(asked, lists))
        .build();
    assertThat(answer.getSerializedSize()).isLessThanOrEqualTo(MessageLimits.ANSWER_BYTES_MAX);
    assertThat(answer.getDeviceListsCount()).isBetween(700, 999);
    assertThat(answer.getDeviceListsList())
        .extracting(io.karst.wire.v1.DeviceList::getMemberId)
        .isEqualTo(asked.stream()
            .limit(answer.getDeviceListsCount())
            .map(MemberId::value)
            .toList());
  }

  /** With as many devices as a member has, all with the longest names. */
  private static DeviceList list(MemberId member) {
    List<DeviceIdentity> devices = IntStream.range(0, DeviceList.DEVICES_MAX)
        .mapToObj(i -> LargestGroup.identity(new DeviceId("d".repeat(63) + i)))
        .toList();
    return new DeviceList(
        member,
        256,
        LargestGroup.bytes(32),
        devices,
        devices.get(0).device(),
        LargestGroup.bytes(64));
  }
}
