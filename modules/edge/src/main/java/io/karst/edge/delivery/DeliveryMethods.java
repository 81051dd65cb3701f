package io.karst.edge.delivery;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.karst.actors.KarstActors;
import io.karst.actors.member.InboxReply;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.member.Members;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Arrival;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.call.StrictService;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.message.Fields;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.edge.stream.Outlet;
import io.karst.edge.stream.Streams;
import io.karst.wire.v1.AcknowledgeInboxRequest;
import io.karst.wire.v1.AcknowledgeInboxResponse;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.FetchInboxRequest;
import io.karst.wire.v1.FetchInboxResponse;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** The methods of {@code DeliveryService}. */
public final class DeliveryMethods {

  private final Members members;
  private final Streams streams;
  private final Failures failures;
  private final SubscribeActor.Shared shared;

  /** Reads live entries from the node's feeds and older ones from its journal. */
  public DeliveryMethods(
      KarstActors actors, EpochRecords epochs, Streams streams, Failures failures) {
    this.members = actors.members();
    this.streams = streams;
    this.failures = failures;
    var sources = new Subscriptions.Sources(
        actors.journal(),
        actors.feeds(),
        new Opener(actors.journal(), epochs),
        new SharedEntries());
    this.shared = new SubscribeActor.Shared(members, sources, failures);
  }

  public ServerServiceDefinition bind() {
    return new StrictService(DeliveryServiceGrpc.getServiceDescriptor(), failures)
        .stream(DeliveryServiceGrpc.getSubscribeMethod(), this::subscribe)
            .unary(DeliveryServiceGrpc.getFetchInboxMethod(), this::fetchInbox)
            .unary(DeliveryServiceGrpc.getAcknowledgeInboxMethod(), this::acknowledgeInbox)
            .build();
  }

  private ServerCall.Listener<Arrival<SubscribeRequest>> subscribe(
      ServerCall<Arrival<SubscribeRequest>, SubscribeResponse> call, Metadata headers) {
    var outlet = new Outlet<>(call, failures);
    try {
      return new Listener(streams.open(
          "subscribe",
          SubscribeMessage.class,
          SubscribeActor.create(Principal.current(), outlet, shared),
          SubscribeMessage.Signal.DRAIN));
    } catch (RefusedException e) {
      outlet.fail(e);
      return new ServerCall.Listener<>() {};
    }
  }

  private CompletionStage<FetchInboxResponse> fetchInbox(
      Principal principal, FetchInboxRequest request) {
    if (request.getAfterSequence() < 0) {
      throw Refusal.ofField(Reason.FIELD_INVALID, "after_sequence").toException();
    }
    int limit = (int) Fields.atLeast(1, "limit", request.getLimit());
    if (limit > MemberMessage.FetchInbox.LIMIT_MAX) {
      throw Refusal.ofField(Reason.FIELD_INVALID, "limit").toException();
    }
    return members
        .inbox(principal.address(), request.getAfterSequence(), limit)
        .thenApply(reply -> reply.match(new Page()));
  }

  private CompletionStage<AcknowledgeInboxResponse> acknowledgeInbox(
      Principal principal, AcknowledgeInboxRequest request) {
    return new Acknowledgements(members, principal.address()).acknowledge(request);
  }

  private record Page() implements InboxReply.Cases<FetchInboxResponse> {

    @Override
    public FetchInboxResponse page(InboxReply.Page page) {
      return FetchInboxResponse.newBuilder()
          .addAllItems(page.items().stream().map(DeviceMapping::item).toList())
          .build();
    }

    @Override
    public FetchInboxResponse refused(InboxReply.Refused refused) {
      throw new RefusedException(refused.reason());
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
