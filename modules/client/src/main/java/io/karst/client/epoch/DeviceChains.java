package io.karst.client.epoch;

import io.karst.client.api.BadAnswer;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.api.SecurityViolation;
import io.karst.client.verification.TrustRule;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.DeviceVersions;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.MemberId;
import io.karst.wire.v1.DeviceServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Members' chains of device lists, fetched version by version where the newest alone cannot be
 * verified. Used on the device's thread.
 */
final class DeviceChains {

  private final DeviceContext context;
  private final Pins pins;

  DeviceChains(DeviceContext context, Pins pins) {
    this.context = context;
    this.pins = pins;
  }

  /**
   * Pins the versions from the newest that is pinned up to {@code offered}. Fails with
   * {@link SecurityViolation}: {@code IdentityChanged} when there is a whole other chain, else
   * {@code DeviceListRefused}.
   *
   * @param since the newest version that was pinned when the server was asked
   */
  CompletableFuture<Void> bridge(DeviceList offered, long since) {
    if (context
        .memory()
        .transaction(memory -> pins.follow(memory, offered, since))
        .isPresent()) {
      return CompletableFuture.completedFuture(null);
    }
    MemberId member = offered.member();
    long newest = context.memory().transaction(memory -> Pins.newest(memory, member));
    if (offered.version() <= newest) {
      return otherChain(offered);
    }
    return versions(member, newest)
        .thenComposeAsync(
            lists -> {
              boolean reaches = !lists.isEmpty() && lists.get(0).version() == newest + 1;
              return reaches && isOfThisChain(lists.get(0))
                  ? pinAll(lists, offered)
                  : otherChain(offered);
            },
            context.loop());
  }

  private boolean isOfThisChain(DeviceList next) {
    return context
        .memory()
        .transaction(memory -> pins.flaw(memory.tables().pins().of(next.member()), next))
        .isEmpty();
  }

  private CompletableFuture<Void> pinAll(List<DeviceList> lists, DeviceList offered) {
    context.memory().transaction(memory -> {
      lists.stream()
          .filter(list -> list.version() <= offered.version())
          .forEach(list -> pins.require(memory, list));
      pins.require(memory, offered);
      return true;
    });
    return CompletableFuture.completedFuture(null);
  }

  /** Takes the chain that a member has now in place of the one that is pinned. */
  CompletableFuture<Void> accept(MemberId member) {
    return versions(member, 0)
        .thenAcceptAsync(
            lists -> context.memory().transaction(memory -> {
              memory.tables().pins().forget(member);
              if (lists.isEmpty()) {
                throw new BadAnswer("the server answered no device lists");
              }
              lists.forEach(list -> pins.require(memory, list));
              return true;
            }),
            context.loop());
  }

  /** Tells a member that began anew from a server that shows something false. */
  private CompletableFuture<Void> otherChain(DeviceList offered) {
    return versions(offered.member(), 0)
        .thenAcceptAsync(
            lists -> {
              List<DeviceList> pinned = context
                  .memory()
                  .transaction(memory -> memory.tables().pins().of(offered.member()));
              boolean another = !pinned.isEmpty()
                  && !lists.isEmpty()
                  && !lists.get(0).equals(pinned.get(0))
                  && isChain(lists, offered);
              Flaw flaw = pins.flaw(pinned, offered).orElse(Flaw.ROLLED_BACK);
              throw new SecurityViolation(
                  another
                      ? new SecurityProblem.IdentityChanged(offered.member(), isVerified(pinned))
                      : new SecurityProblem.DeviceListRefused(
                          offered.member(), offered.version(), flaw));
            },
            context.loop());
  }

  private boolean isVerified(List<DeviceList> pinned) {
    return context
        .memory()
        .transaction(memory ->
            TrustRule.holds(pinned, memory.tables().trust().of(pinned.get(0).member())));
  }

  private boolean isChain(List<DeviceList> lists, DeviceList last) {
    List<DeviceList> verified = new ArrayList<>();
    for (DeviceList list : lists) {
      Optional<Flaw> flaw = pins.flaw(verified, list);
      if (flaw.isPresent() || list.version() != verified.size() + 1) {
        return false;
      }
      verified.add(list);
    }
    return verified.contains(last);
  }

  /** All versions after one. */
  CompletableFuture<List<DeviceList>> versions(MemberId member, long after) {
    var versions = new DeviceVersions(
        context.loop(),
        request -> context.calls().call(DeviceServiceGrpc.getListDeviceVersionsMethod(), request));
    return versions.after(member, after).thenApply(fetched -> ofMember(member, fetched.lists()));
  }

  private static List<DeviceList> ofMember(MemberId member, List<DeviceList> lists) {
    if (!lists.stream().allMatch(list -> list.member().equals(member))) {
      throw new BadAnswer("the server answered other device lists than were asked for");
    }
    return lists;
  }
}
