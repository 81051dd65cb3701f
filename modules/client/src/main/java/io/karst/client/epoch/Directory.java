package io.karst.client.epoch;

import io.karst.client.api.BadAnswer;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.api.SecurityViolation;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.DeviceTrust;
import io.karst.client.wire.DeviceWire;
import io.karst.client.work.DeviceContext;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.MemberId;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.ListDevicesRequest;
import io.karst.wire.v1.ListDevicesResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Members' devices: asked of the server, verified, pinned. Used on the device's thread. */
public final class Directory {

  /** Members whose lists are verified at a time: some 50 ms. */
  static final int BATCH_MAX = 100;

  private final DeviceContext context;
  private final DeviceTrust trust;

  public Directory(DeviceContext context) {
    this.context = context;
    this.trust = new DeviceTrust(context.signatures());
  }

  /**
   * The newest device lists of members, in the order of the names. Fails with
   * {@link SecurityViolation} when one does not follow those seen before.
   *
   * @param members 1 to 1,000
   */
  public CompletableFuture<List<DeviceList>> newest(Collection<MemberId> members) {
    return newest(List.copyOf(members), List.of());
  }

  private CompletableFuture<List<DeviceList>> newest(List<MemberId> asked, List<DeviceList> known) {
    int end = Math.min(asked.size(), BATCH_MAX);
    return batch(asked.subList(0, end))
        .thenComposeAsync(
            lists -> {
              List<DeviceList> all = new ArrayList<>(known);
              all.addAll(lists);
              return end == asked.size()
                  ? CompletableFuture.completedFuture(List.copyOf(all))
                  : newest(asked.subList(end, asked.size()), all);
            },
            context.loop());
  }

  private CompletableFuture<List<DeviceList>> batch(List<MemberId> asked) {
    ListDevicesRequest request = ListDevicesRequest.newBuilder()
        .addAllMemberIds(asked.stream().map(MemberId::value).toList())
        .build();
    return context
        .calls()
        .call(DeviceServiceGrpc.getListDevicesMethod(), request)
        .thenApplyAsync(response -> pin(asked, response), context.loop());
  }

  /**
   * Makes sure that the versions which a roster names are pinned, as far as the server knows them.
   */
  CompletableFuture<Void> learn(Manifest manifest) {
    Collection<MemberId> unknown =
        context.memory().transaction(memory -> unknown(memory, manifest));
    return unknown.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : newest(unknown).thenApply(lists -> null);
  }

  private static Collection<MemberId> unknown(Unsealed memory, Manifest manifest) {
    Collection<MemberId> unknown = new TreeSet<>();
    for (RosterEntry entry : manifest.roster()) {
      boolean pinned = memory.tables().pins().of(entry.member()).stream()
          .anyMatch(list -> list.version() == entry.deviceListVersion());
      if (!pinned) {
        unknown.add(entry.member());
      }
    }
    return unknown;
  }

  private List<DeviceList> pin(List<MemberId> asked, ListDevicesResponse response) {
    List<DeviceList> lists =
        response.getDeviceListsList().stream().map(DeviceWire::deviceList).toList();
    if (!lists.stream().map(DeviceList::member).toList().equals(asked)) {
      throw new BadAnswer("the server answered the devices of other members");
    }
    return context.memory().transaction(memory -> {
      lists.forEach(list -> pin(memory, list));
      return lists;
    });
  }

  private void pin(Unsealed memory, DeviceList list) {
    List<DeviceList> pinned = memory.tables().pins().of(list.member());
    Optional<Flaw> flaw = trust.flaw(pinned, list);
    if (flaw.isPresent()) {
      throw new SecurityViolation(
          new SecurityProblem.DeviceListRefused(list.member(), list.version(), flaw.get()));
    }
    if (!DeviceTrust.isPinned(pinned, list)) {
      memory.tables().pins().pin(list);
    }
  }
}
