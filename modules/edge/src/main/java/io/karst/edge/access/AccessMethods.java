package io.karst.edge.access;

import io.grpc.ServerServiceDefinition;
import io.karst.actors.group.GroupView;
import io.karst.actors.group.Groups;
import io.karst.actors.member.KeyTraceReply;
import io.karst.actors.member.Members;
import io.karst.domain.access.DeviceTrace;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.call.StrictService;
import io.karst.edge.epoch.EpochPages;
import io.karst.edge.epoch.EpochSpan;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.message.Fields;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.AccessServiceGrpc;
import io.karst.wire.v1.ExplainRequest;
import io.karst.wire.v1.ExplainResponse;
import io.karst.wire.v1.VerifyEpochAccessRequest;
import io.karst.wire.v1.VerifyEpochAccessResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The methods of {@code AccessService}. */
public final class AccessMethods {

  /** Own devices share messages without epochs; the first is asked for, and there is none. */
  private static final EpochRange NO_EPOCHS = new EpochRange(1, 1);

  private final Members members;
  private final AskedView asked;
  private final LogPlaces places;
  private final EpochPages pages;

  public AccessMethods(Groups groups, Members members, LogPlaces places, EpochPages pages) {
    this.members = members;
    this.asked = new AskedView(groups);
    this.places = places;
    this.pages = pages;
  }

  public ServerServiceDefinition bind(Failures failures) {
    return new StrictService(AccessServiceGrpc.getServiceDescriptor(), failures)
        .unary(AccessServiceGrpc.getExplainMethod(), this::explain)
        .unary(AccessServiceGrpc.getVerifyEpochAccessMethod(), this::verifyEpochAccess)
        .build();
  }

  private CompletionStage<ExplainResponse> explain(Principal principal, ExplainRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    long offset = Fields.natural("offset", request.getOffset());
    Fields.present("device", request.hasDevice());
    DeviceAddress device = DeviceMapping.device(request.getDevice());
    return asked
        .of(principal, group, device.member())
        .thenCompose(view -> places.at(view, offset))
        .thenCompose(place -> place.match(new LogPlace.Cases<>() {
          @Override
          public CompletionStage<ExplainResponse> empty(LogPlace.Empty empty) {
            return CompletableFuture.completedStage(Evidence.nothing(empty.place()));
          }

          @Override
          public CompletionStage<ExplainResponse> said(LogPlace.Said said) {
            long epoch = said.envelope().epoch();
            return traces(device.member(), group, new EpochRange(epoch, epoch))
                .thenApply(traces -> Evidence.of(said, device, traces).response());
          }

          @Override
          public CompletionStage<ExplainResponse> shared(LogPlace.Shared shared) {
            return traces(device.member(), group, NO_EPOCHS)
                .thenApply(traces -> OwnEvidence.of(shared, device, traces).response());
          }
        }));
  }

  private CompletionStage<VerifyEpochAccessResponse> verifyEpochAccess(
      Principal principal, VerifyEpochAccessRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    MemberId member = Fields.memberId("member_id", request.getMemberId());
    var span = EpochSpan.of(request.getFromEpoch(), request.getToEpoch());
    return asked.of(principal, group, member).thenCompose(view -> {
      EpochRange range = span.in(view);
      return traces(member, group, range)
          .thenCompose(traces -> epochs(view, range, new MemberAccess(member, traces)));
    });
  }

  private CompletionStage<VerifyEpochAccessResponse> epochs(
      GroupView view, EpochRange range, MemberAccess access) {
    return pages
        .read(
            view.group(),
            range.from(),
            range.to(),
            start -> Optional.of(access.of(start, view.delivered())))
        .thenApply(page -> VerifyEpochAccessResponse.newBuilder()
            .addAllEpochs(page.items())
            .setCurrentEpoch(view.epoch())
            .build());
  }

  private CompletionStage<Map<DeviceId, DeviceTrace>> traces(
      MemberId member, GroupId group, EpochRange range) {
    return members
        .trace(member, group, range)
        .thenApply(reply -> reply.match(new KeyTraceReply.Cases<>() {
          @Override
          public Map<DeviceId, DeviceTrace> traced(KeyTraceReply.Traced traced) {
            return traced.devices();
          }

          @Override
          public Map<DeviceId, DeviceTrace> refused(KeyTraceReply.Refused refused) {
            throw new RefusedException(refused.reason());
          }
        }));
  }
}
