package io.karst.simulation;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Arrival;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.call.StrictService;
import io.karst.edge.delivery.InboxMethods;
import io.karst.edge.delivery.RangeMethods;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** All open delivery streams, and the news for them. */
final class Deliveries {

  private static final Duration HOP = Duration.ofMillis(1);
  private static final Duration PING_EVERY = Duration.ofSeconds(20);

  private final World world;
  private final Failures failures;
  private final Tail.Sources sources;
  private final InboxMethods inbox;
  private final RangeMethods ranges;
  private final Set<Tail> open = new LinkedHashSet<>();

  Deliveries(World world, Tail.Sources sources, RangeMethods ranges, Failures failures) {
    this.world = world;
    this.failures = failures;
    this.sources = sources;
    this.inbox = new InboxMethods(sources.members());
    this.ranges = ranges;
  }

  ServerServiceDefinition bind() {
    return new StrictService(DeliveryServiceGrpc.getServiceDescriptor(), failures)
        .stream(DeliveryServiceGrpc.getSubscribeMethod(), this::subscribe)
            .unary(DeliveryServiceGrpc.getFetchInboxMethod(), inbox::fetch)
            .unary(DeliveryServiceGrpc.getAcknowledgeInboxMethod(), inbox::acknowledge)
            .unary(DeliveryServiceGrpc.getFetchRangeMethod(), ranges::fetch)
            .build();
  }

  /** A group's log has grown. */
  void written(GroupId group) {
    world
        .time()
        .after(HOP, () -> those(tail -> tail.hears(group)).forEach(tail -> tail.read(group)));
  }

  /** An inbox may have something new. */
  void inboxChanged(MemberId member) {
    world
        .time()
        .after(HOP, () -> those(tail -> tail.isOf(member)).forEach(tail -> tail.readInbox(member)));
  }

  /** Reading may open and close others. */
  private List<Tail> those(Predicate<Tail> wanted) {
    return open.stream().filter(wanted).toList();
  }

  /** The streams of a device that its member has taken away end. */
  void revoked(DeviceAddress device) {
    world
        .time()
        .after(
            HOP,
            () -> those(tail -> tail.reader().equals(device)).stream()
                .filter(open::remove)
                .forEach(tail -> tail.end(Reason.DEVICE_REVOKED)));
  }

  private ServerCall.Listener<Arrival<SubscribeRequest>> subscribe(
      ServerCall<Arrival<SubscribeRequest>, SubscribeResponse> call, Metadata headers) {
    Tail tail = new Tail(Principal.current().address(), sources, failures, call);
    open.add(tail);
    ping(tail);
    return new ServerCall.Listener<>() {

      @Override
      public void onMessage(Arrival<SubscribeRequest> message) {
        tail.said(message.message());
      }

      @Override
      public void onCancel() {
        open.remove(tail);
      }

      @Override
      public void onHalfClose() {
        open.remove(tail);
      }
    };
  }

  private void ping(Tail tail) {
    world.time().after(PING_EVERY, () -> {
      if (open.contains(tail)) {
        tail.ping();
        ping(tail);
      }
    });
  }
}
