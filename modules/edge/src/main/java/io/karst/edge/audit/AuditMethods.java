package io.karst.edge.audit;

import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.karst.actors.journal.GroupJournal;
import io.karst.domain.id.GroupId;
import io.karst.edge.call.Arrival;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.call.StrictService;
import io.karst.edge.message.Fields;
import io.karst.edge.stream.Outlet;
import io.karst.edge.stream.Streams;
import io.karst.wire.v1.AuditServiceGrpc;
import io.karst.wire.v1.ReplayRequest;
import io.karst.wire.v1.ReplayResponse;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** The methods of {@code AuditService}. That the caller is an auditor was seen to before. */
public final class AuditMethods {

  private final GroupJournal journal;
  private final Streams streams;
  private final Failures failures;

  public AuditMethods(GroupJournal journal, Streams streams, Failures failures) {
    this.journal = journal;
    this.streams = streams;
    this.failures = failures;
  }

  public ServerServiceDefinition bind() {
    return new StrictService(AuditServiceGrpc.getServiceDescriptor(), failures)
        .stream(AuditServiceGrpc.getReplayMethod(), (call, headers) -> {
              call.request(1);
              return new Listener(call);
            })
            .build();
  }

  /** One replay; its callbacks come from one thread at a time. */
  private final class Listener extends ServerCall.Listener<Arrival<ReplayRequest>> {

    private final Outlet<ReplayResponse> outlet;
    private Optional<ActorRef<ReplayMessage>> actor = Optional.empty();

    Listener(ServerCall<Arrival<ReplayRequest>, ReplayResponse> call) {
      this.outlet = new Outlet<>(call, failures);
    }

    @Override
    public void onMessage(Arrival<ReplayRequest> request) {
      try {
        GroupId group = Fields.groupId(request.message().getGroupId());
        actor = Optional.of(streams.open(
            "replay",
            Principal.current().address(),
            ReplayMessage.class,
            ReplayActor.create(outlet, journal, group),
            new Streams.Ends<>(ReplayMessage.Signal.DRAIN, ReplayMessage.Signal.REVOKED)));
      } catch (RuntimeException e) {
        outlet.fail(e);
      }
    }

    @Override
    public void onReady() {
      tell(ReplayMessage.Signal.READY);
    }

    @Override
    public void onCancel() {
      tell(ReplayMessage.Signal.GONE);
    }

    @Override
    public void onComplete() {
      tell(ReplayMessage.Signal.GONE);
    }

    private void tell(ReplayMessage.Signal signal) {
      actor.ifPresent(replay -> replay.tell(signal));
    }
  }
}
