package io.karst.client.epoch;

import io.karst.client.api.BadAnswer;
import io.karst.client.api.SecurityViolation;
import io.karst.client.memory.Unsealed;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Members' devices: asked of the server, verified, pinned. Used on the device's thread. */
public final class Directory {

  /** Members whose lists are verified at a time: some 50 ms. */
  static final int BATCH_MAX = 100;

  private final DeviceContext context;
  private final Pins pins;
  private final DeviceChains chains;

  /** {@code watcher} hears of members whose devices changed. */
  public Directory(DeviceContext context, EpochWatcher watcher) {
    this.context = context;
    this.pins = new Pins(context, watcher);
    this.chains = new DeviceChains(context, pins);
  }

  /** Believes in the chain that a member has now, instead of the one that was pinned. */
  public CompletableFuture<Void> accept(MemberId member) {
    return chains.accept(member);
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
    Map<MemberId, Long> since = context.memory().transaction(memory -> versions(memory, asked));
    return context
        .calls()
        .call(DeviceServiceGrpc.getListDevicesMethod(), request)
        .thenComposeAsync(response -> pinned(asked, response, since), context.loop());
  }

  private static Map<MemberId, Long> versions(Unsealed memory, List<MemberId> members) {
    Map<MemberId, Long> versions = new HashMap<>();
    members.forEach(member -> versions.put(member, Pins.newest(memory, member)));
    return versions;
  }

  /**
   * Makes sure that the versions which a roster names are pinned, as far as the server knows them.
   * A version with other devices may be of a member that began anew, which is told as such.
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
          .anyMatch(list -> list.version() == entry.deviceListVersion()
              && list.devices().contains(entry.identity()));
      if (!pinned) {
        unknown.add(entry.member());
      }
    }
    return unknown;
  }

  /**
   * Pins a list that the server showed by itself, once it was verified; answers the newest that is
   * pinned.
   */
  public CompletableFuture<DeviceList> take(DeviceList list) {
    return pinned(List.of(list), Map.of()).thenApply(lists -> lists.get(0));
  }

  private CompletableFuture<List<DeviceList>> pinned(
      List<MemberId> asked, ListDevicesResponse response, Map<MemberId, Long> since) {
    List<DeviceList> lists =
        response.getDeviceListsList().stream().map(DeviceWire::deviceList).toList();
    if (!lists.stream().map(DeviceList::member).toList().equals(asked)) {
      throw new BadAnswer("the server answered the devices of other members");
    }
    return pinned(lists, since);
  }

  /** The newest that is pinned of each member, once each list is among those that are. */
  private CompletableFuture<List<DeviceList>> pinned(
      List<DeviceList> lists, Map<MemberId, Long> since) {
    List<DeviceList> newest = new ArrayList<>();
    List<DeviceList> apart = new ArrayList<>();
    context.memory().transaction(memory -> {
      lists.forEach(list -> pins.follow(memory, list, since(since, list))
          .ifPresentOrElse(newest::add, () -> apart.add(list)));
      return true;
    });
    if (apart.isEmpty()) {
      return CompletableFuture.completedFuture(List.copyOf(newest));
    }
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (DeviceList list : apart) {
      done =
          done.thenComposeAsync(before -> chains.bridge(list, since(since, list)), context.loop());
    }
    return done.thenComposeAsync(bridged -> pinned(lists, since), context.loop());
  }

  /** What was pinned of the list's member when the server was asked; 0 if it was not asked. */
  private static long since(Map<MemberId, Long> since, DeviceList list) {
    return since.getOrDefault(list.member(), 0L);
  }
}
