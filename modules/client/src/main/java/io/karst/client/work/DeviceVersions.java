package io.karst.client.work;

import io.karst.client.api.BadAnswer;
import io.karst.client.wire.DeviceWire;
import io.karst.client.wire.WireBytes;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceChain;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.MemberId;
import io.karst.wire.v1.ListDeviceVersionsRequest;
import io.karst.wire.v1.ListDeviceVersionsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Fetches the versions of a member's device list, a page at a time. Nothing of them is verified.
 *
 * @param loop on which answers are taken
 * @param call asks for one page, as often as the caller sees fit
 */
public record DeviceVersions(
    Executor loop,
    Function<ListDeviceVersionsRequest, CompletableFuture<ListDeviceVersionsResponse>> call) {

  /**
   * What the server answered.
   *
   * @param lists at most {@value DeviceChain#VERSIONS_MAX}, in its order
   * @param linkProof of the last page, empty for whom there is none
   */
  public record Fetched(List<DeviceList> lists, Bytes linkProof) {
    public Fetched {
      lists = List.copyOf(lists);
    }
  }

  /**
   * All versions after one. Fails with {@link BadAnswer} where the server does not come to an end.
   */
  public CompletableFuture<Fetched> after(MemberId member, long version) {
    return page(member, version, new ArrayList<>());
  }

  private CompletableFuture<Fetched> page(MemberId member, long after, List<DeviceList> before) {
    ListDeviceVersionsRequest request = ListDeviceVersionsRequest.newBuilder()
        .setMemberId(member.value())
        .setAfterVersion(after)
        .build();
    return call.apply(request).thenComposeAsync(answer -> taken(member, answer, before), loop);
  }

  private CompletableFuture<Fetched> taken(
      MemberId member, ListDeviceVersionsResponse answer, List<DeviceList> before) {
    List<DeviceList> page =
        answer.getDeviceListsList().stream().map(DeviceWire::deviceList).toList();
    before.addAll(page);
    if (before.size() > DeviceChain.VERSIONS_MAX) {
      throw new BadAnswer("the server answered more device lists than a member can have");
    }
    long last = page.isEmpty() ? Long.MAX_VALUE : page.get(page.size() - 1).version();
    return last < answer.getNewestVersion()
        ? page(member, last, before)
        : CompletableFuture.completedFuture(
            new Fetched(before, WireBytes.bytes(answer.getLinkProof())));
  }
}
