package io.karst.edge.delivery;

import io.karst.actors.feed.FeedReply;
import io.karst.actors.member.InboxChanged;
import io.karst.actors.member.Members;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.message.Fields;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.edge.stream.Outlet;
import io.karst.edge.stream.StreamActor;
import io.karst.wire.v1.AcknowledgeInboxRequest;
import io.karst.wire.v1.Ping;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The owner of one delivery stream: hands what the client says, and what comes for it, to those who
 * know what to do.
 */
final class SubscribeActor extends StreamActor<SubscribeMessage, SubscribeResponse>
    implements SubscribeMessage.Cases<Behavior<SubscribeMessage>> {

  /** What all streams of a node share. */
  record Shared(Members members, Subscriptions.Sources sources, Failures failures) {}

  private final Subscriptions subscriptions;
  private final InboxReader inbox;
  private final Acknowledgements acknowledgements;
  private final StreamPorts ports;
  private long pings;

  private SubscribeActor(
      ActorContext<SubscribeMessage> context,
      Principal principal,
      Outlet<SubscribeResponse> outlet,
      Shared shared) {
    super(context, outlet);
    this.ports = new StreamPorts(outlet, shared.failures(), this::when);
    this.subscriptions = new Subscriptions(
        principal.address(),
        shared.sources(),
        ports,
        context.messageAdapter(FeedReply.class, SubscribeMessage.Fed::new));
    this.inbox = new InboxReader(
        principal.address(),
        shared.members(),
        ports,
        context.messageAdapter(InboxChanged.class, SubscribeMessage.InboxNews::new));
    this.acknowledgements = new Acknowledgements(shared.members(), principal.address());
  }

  /** Begins to read what the client says. */
  static Behavior<SubscribeMessage> create(
      Principal principal, Outlet<SubscribeResponse> outlet, Shared shared) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
      timers.startTimerWithFixedDelay(SubscribeMessage.Signal.PING, Members.WATCH_RENEWAL);
      var actor = new SubscribeActor(context, principal, outlet, shared);
      outlet.begin();
      outlet.request(1);
      return actor;
    }));
  }

  private <T> void when(
      CompletionStage<T> stage, Consumer<T> success, Consumer<Throwable> failure) {
    getContext()
        .pipeToSelf(
            stage,
            (found, problem) -> new SubscribeMessage.Resumed(() -> {
              if (problem == null) {
                success.accept(found);
              } else {
                failure.accept(problem);
              }
            }));
  }

  @Override
  protected Behavior<SubscribeMessage> handle(SubscribeMessage message) {
    return message.match(this);
  }

  @Override
  protected void stopped() {
    subscriptions.stop();
    inbox.stop();
  }

  @Override
  public Behavior<SubscribeMessage> said(SubscribeMessage.Said message) {
    SubscribeRequest request = message.request().message();
    switch (request.getRequestCase()) {
      case GROUP ->
        subscriptions.begin(Fields.groupId(request.getGroup().getGroupId()), request.getGroup());
      case UNSUBSCRIBE ->
        subscriptions.end(Fields.groupId(request.getUnsubscribe().getGroupId()));
      case INBOX -> inbox.begin();
      case ACKNOWLEDGE_INBOX -> {
        acknowledge(request.getAcknowledgeInbox());
        return this;
      }
      case PONG -> {
        // That it came is all it says, and the transport knows.
      }
      case REQUEST_NOT_SET ->
        throw Refusal.ofField(Reason.FIELD_MISSING, "request").toException();
    }
    outlet().request(1);
    return this;
  }

  /**
   * The next request is read once this one is answered, so that acknowledgements cannot pile up.
   */
  private void acknowledge(AcknowledgeInboxRequest request) {
    when(acknowledgements.acknowledge(request), done -> outlet().request(1), failure -> {
      if (ports.failures().refusal(failure).reason() == Reason.UNAVAILABLE) {
        // The items stay, and come again on the next stream.
        outlet().request(1);
      } else {
        outlet().fail(failure);
      }
    });
  }

  @Override
  public Behavior<SubscribeMessage> resumed(SubscribeMessage.Resumed message) {
    message.next().run();
    return this;
  }

  @Override
  public Behavior<SubscribeMessage> fed(SubscribeMessage.Fed message) {
    subscriptions.fed(message.reply());
    return this;
  }

  @Override
  public Behavior<SubscribeMessage> inboxNews(SubscribeMessage.InboxNews message) {
    inbox.changed(message.news());
    return this;
  }

  @Override
  public Behavior<SubscribeMessage> signal(SubscribeMessage.Signal signal) {
    switch (signal) {
      case READY -> {
        inbox.pump();
        subscriptions.pump();
      }
      case GONE -> outlet().abandon();
      case PING -> {
        ping();
        inbox.renew();
      }
      case DRAIN -> outlet().fail(new RefusedException(Reason.UNAVAILABLE));
      case REVOKED -> outlet().fail(new RefusedException(Reason.DEVICE_REVOKED));
    }
    return this;
  }

  /** A client that does not read gets no pings on top of what it has not read. */
  private void ping() {
    if (outlet().isReady()) {
      pings++;
      outlet()
          .send(SubscribeResponse.newBuilder()
              .setPing(Ping.newBuilder().setNonce(pings))
              .build());
    }
  }
}
