package io.karst.edge.group;

import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.karst.actors.group.GroupReply;
import io.karst.actors.group.Groups;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Change;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.id.GroupId;
import io.karst.edge.append.AppendMethods;
import io.karst.edge.call.Arrival;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.call.StrictService;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.message.EpochMapping;
import io.karst.edge.message.Fields;
import io.karst.edge.message.GroupMapping;
import io.karst.edge.status.RefusedException;
import io.karst.edge.upload.Uploads;
import io.karst.proof.statement.DeviceStatements;
import io.karst.wire.v1.AppendStreamRequest;
import io.karst.wire.v1.AppendStreamResponse;
import io.karst.wire.v1.ArchiveRequest;
import io.karst.wire.v1.ArchiveResponse;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.CommitResponse;
import io.karst.wire.v1.CreateGroupRequest;
import io.karst.wire.v1.CreateGroupResponse;
import io.karst.wire.v1.GetGroupRequest;
import io.karst.wire.v1.GetGroupResponse;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.LeaveRequest;
import io.karst.wire.v1.LeaveResponse;
import io.karst.wire.v1.ReportCompromiseRequest;
import io.karst.wire.v1.ReportCompromiseResponse;
import io.karst.wire.v1.ReportEpochRefusedRequest;
import io.karst.wire.v1.ReportEpochRefusedResponse;
import io.karst.wire.v1.SetPolicyRequest;
import io.karst.wire.v1.SetPolicyResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The methods of {@code GroupService}. */
public final class GroupMethods {

  private final Groups groups;
  private final EpochRecords epochs;
  private final Proposals proposals;
  private final StaleCommits stale;

  public GroupMethods(Groups groups, EpochRecords epochs, Proposals proposals) {
    this.groups = groups;
    this.epochs = epochs;
    this.proposals = proposals;
    this.stale = new StaleCommits(epochs);
  }

  /** The methods that look back. */
  public record Past(EpochMethods epochs, HistoryMethods history) {}

  /** The service, with the methods that append and those that look back. */
  public ServerServiceDefinition bind(
      AppendMethods append,
      ServerCallHandler<Arrival<AppendStreamRequest>, AppendStreamResponse> appendStream,
      Past past,
      Uploads uploads,
      Failures failures) {
    return new StrictService(GroupServiceGrpc.getServiceDescriptor(), failures)
        .unary(GroupServiceGrpc.getCreateGroupMethod(), this::createGroup).stream(
                GroupServiceGrpc.getCreateGroupStreamMethod(), uploads.creations(this::createGroup))
            .unary(GroupServiceGrpc.getGetGroupMethod(), this::getGroup)
            .unary(GroupServiceGrpc.getCommitMethod(), this::commit)
            .stream(GroupServiceGrpc.getCommitStreamMethod(), uploads.commits(this::commit))
            .unary(GroupServiceGrpc.getLeaveMethod(), this::leave)
            .unary(GroupServiceGrpc.getReportCompromiseMethod(), this::reportCompromise)
            .unary(GroupServiceGrpc.getReportEpochRefusedMethod(), this::reportEpochRefused)
            .unary(GroupServiceGrpc.getSetPolicyMethod(), this::setPolicy)
            .unary(GroupServiceGrpc.getArchiveMethod(), this::archive)
            .unary(GroupServiceGrpc.getAppendMethod(), append::append)
            .stream(GroupServiceGrpc.getAppendStreamMethod(), appendStream)
            .unary(GroupServiceGrpc.getSyncMethod(), past.epochs()::sync)
            .unary(GroupServiceGrpc.getFetchSealedKeysMethod(), past.epochs()::fetchSealedKeys)
            .unary(GroupServiceGrpc.getShareHistoryMethod(), past.history()::share)
            .unary(GroupServiceGrpc.getFetchKeyShareMethod(), past.history()::fetch)
            .unary(GroupServiceGrpc.getRequestKeysMethod(), past.history()::request)
            .unary(GroupServiceGrpc.getReadHistoryMethod(), past.history()::read)
            .build();
  }

  private CompletionStage<CreateGroupResponse> createGroup(
      Principal principal, CreateGroupRequest request) {
    var nonce = Fields.exactly(DeviceStatements.NONCE_LENGTH, "nonce", request.getNonce());
    var members = GroupMapping.firstMembers(request.getMembersList());
    var policy = GroupMapping.policy(request.getPolicy());
    var sealedKeys = EpochMapping.sealedKeys(request.getSealedKeysList());
    SignedManifest manifest =
        proposals.manifest(principal, request.hasManifest(), request.getManifest());
    GroupId group = DeviceStatements.groupId(principal.address().member(), nonce);
    Proposals.requireGroup(group, manifest);
    var all = new HashSet<>(members.keySet());
    all.add(principal.address().member());
    return proposals
        .registered(all)
        .thenCompose(registered -> groups.ask(
            group,
            new GroupCommand.Create(
                principal.address(),
                group,
                nonce,
                policy,
                members,
                manifest,
                sealedKeys,
                registered)))
        .thenApply(GroupMethods::done)
        .thenApply(done -> CreateGroupResponse.newBuilder()
            .setGroupId(group.value())
            .setHead(GroupMapping.head(done.head()))
            .build());
  }

  private CompletionStage<GetGroupResponse> getGroup(Principal principal, GetGroupRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    return epochs
        .view(group, principal.address())
        .thenCompose(view -> epochs
            .start(group, view.epoch())
            .thenApply(start -> start.record(principal.address(), view.openSessions()))
            .thenApply(record -> Views.response(view, record)));
  }

  private CompletionStage<CommitResponse> commit(Principal principal, CommitRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    long expected = Fields.atLeast(1, "expected_epoch", request.getExpectedEpoch());
    List<Change> changes = GroupMapping.changes(request.getChangesList());
    Optional<EpochRange> orphaned = EpochMapping.orphaned(request);
    var sealedKeys = EpochMapping.sealedKeys(request.getSealedKeysList());
    SignedManifest manifest =
        proposals.manifest(principal, request.hasManifest(), request.getManifest());
    Proposals.requireGroup(group, manifest);
    return epochs
        .view(group, principal.address())
        .thenCompose(view -> proposals.registered(Proposals.after(view, changes)))
        .thenCompose(registered -> groups.ask(
            group,
            new GroupCommand.Commit(
                principal.address(),
                expected,
                changes,
                manifest,
                sealedKeys,
                registered,
                orphaned)))
        .thenCompose(reply -> stale.inform(group, principal, reply))
        .thenApply(done -> CommitResponse.newBuilder()
            .setEpoch(done.epoch())
            .setStartedOffset(done.epochStartedOffset())
            .setHead(GroupMapping.head(done.head()))
            .build());
  }

  private CompletionStage<LeaveResponse> leave(Principal principal, LeaveRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    return groups
        .ask(group, new GroupCommand.Leave(principal.address()))
        .thenApply(GroupMethods::done)
        .thenApply(done ->
            LeaveResponse.newBuilder().setHead(GroupMapping.head(done.head())).build());
  }

  private CompletionStage<ReportCompromiseResponse> reportCompromise(
      Principal principal, ReportCompromiseRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    return groups
        .ask(group, new GroupCommand.ReportCompromise(principal.address()))
        .thenApply(GroupMethods::done)
        .thenApply(done -> ReportCompromiseResponse.newBuilder()
            .setHead(GroupMapping.head(done.head()))
            .build());
  }

  private CompletionStage<ReportEpochRefusedResponse> reportEpochRefused(
      Principal principal, ReportEpochRefusedRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    long epoch = Fields.atLeast(1, "epoch", request.getEpoch());
    return groups
        .ask(group, new GroupCommand.ReportEpochRefused(principal.address(), epoch))
        .thenApply(GroupMethods::done)
        .thenApply(done -> ReportEpochRefusedResponse.newBuilder()
            .setHead(GroupMapping.head(done.head()))
            .build());
  }

  private CompletionStage<SetPolicyResponse> setPolicy(
      Principal principal, SetPolicyRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    Fields.present("policy", request.hasPolicy());
    var policy = GroupMapping.policy(request.getPolicy());
    return groups
        .ask(group, new GroupCommand.SetPolicy(principal.address(), policy))
        .thenApply(GroupMethods::done)
        .thenApply(done -> SetPolicyResponse.newBuilder()
            .setHead(GroupMapping.head(done.head()))
            .build());
  }

  private CompletionStage<ArchiveResponse> archive(Principal principal, ArchiveRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    return groups
        .ask(group, new GroupCommand.Archive(principal.address()))
        .thenApply(GroupMethods::done)
        .thenApply(done ->
            ArchiveResponse.newBuilder().setHead(GroupMapping.head(done.head())).build());
  }

  private static GroupReply.Done done(GroupReply reply) {
    return reply.match(new GroupReply.Cases<>() {
      @Override
      public GroupReply.Done done(GroupReply.Done done) {
        return done;
      }

      @Override
      public GroupReply.Done refused(GroupReply.Refused refused) {
        throw new RefusedException(refused.reason());
      }
    });
  }
}
