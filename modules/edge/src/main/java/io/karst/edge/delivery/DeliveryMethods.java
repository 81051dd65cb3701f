package io.karst.edge.delivery;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.karst.actors.KarstActors;
import io.karst.edge.call.Arrival;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.call.StrictService;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.owner.OwnerLogs;
import io.karst.edge.status.RefusedException;
import io.karst.edge.stream.Outlet;
import io.karst.edge.stream.Streams;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import org.apache.pekko.actor.typed.ActorRef;

/** The methods of {@code DeliveryService}. */
public final class DeliveryMethods {

  private final InboxMethods inbox;
  private final RangeMethods ranges;
  private final Streams streams;
  private final Failures failures;
  private final SubscribeActor.Shared shared;

  /** Reads live entries from the node's feeds and older ones from its journal. */
  public DeliveryMethods(
      KarstActors actors,
      EpochRecords epochs,
      OwnerLogs owners,
      Streams streams,
      Failures failures) {
    this.inbox = new InboxMethods(actors.members());
    this.ranges = new RangeMethods(actors.journal(), epochs);
    this.streams = streams;
    this.failures = failures;
    var sources = new Subscriptions.Sources(
        actors.journal(),
        actors.feeds(),
        new Opener(actors.journal(), epochs, owners),
        new SharedEntries());
    this.shared = new SubscribeActor.Shared(actors.members(), sources, failures);
  }

  public ServerServiceDefinition bind() {
    return new StrictService(DeliveryServiceGrpc.getServiceDescriptor(), failures)
        .stream(DeliveryServiceGrpc.getSubscribeMethod(), this::subscribe)
            .unary(DeliveryServiceGrpc.getFetchInboxMethod(), inbox::fetch)
            .unary(DeliveryServiceGrpc.getAcknowledgeInboxMethod(), inbox::acknowledge)
            .unary(DeliveryServiceGrpc.getFetchRangeMethod(), ranges::fetch)
            .build();
  }

  private ServerCall.Listener<Arrival<SubscribeRequest>> subscribe(
      ServerCall<Arrival<SubscribeRequest>, SubscribeResponse> call, Metadata headers) {
    var outlet = new Outlet<>(call, failures);
    try {
      return new Listener(streams.open(
          "subscribe",
          Principal.current().address(),
          SubscribeMessage.class,
          SubscribeActor.create(Principal.current(), outlet, shared),
          new Streams.Ends<>(SubscribeMessage.Signal.DRAIN, SubscribeMessage.Signal.REVOKED)));
    } catch (RefusedException e) {
      outlet.fail(e);
      return new ServerCall.Listener<>() {};
    }
  }

  /** Hands what the client says to the stream's actor. */
  private static final class Listener extends ServerCall.Listener<Arrival<SubscribeRequest>> {

    private final ActorRef<SubscribeMessage> actor;

    Listener(ActorRef<SubscribeMessage> actor) {
      this.actor = actor;
    }

    @Override
    public void onMessage(Arrival<SubscribeRequest> request) {
      actor.tell(new SubscribeMessage.Said(request));
    }

    @Override
    public void onReady() {
      actor.tell(SubscribeMessage.Signal.READY);
    }

    @Override
    public void onCancel() {
      actor.tell(SubscribeMessage.Signal.GONE);
    }

    @Override
    public void onComplete() {
      actor.tell(SubscribeMessage.Signal.GONE);
    }
  }
}
