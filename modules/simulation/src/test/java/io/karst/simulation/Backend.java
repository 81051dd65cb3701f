package io.karst.simulation;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.karst.actors.group.Groups;
import io.karst.actors.journal.GroupJournal;
import io.karst.actors.member.Members;
import io.karst.domain.device.AccountRole;
import io.karst.domain.device.Member;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.access.AccessMethods;
import io.karst.edge.access.LogPlaces;
import io.karst.edge.append.AppendMethods;
import io.karst.edge.append.FrameReader;
import io.karst.edge.auth.Enrolment;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.call.RequestIds;
import io.karst.edge.delivery.Opener;
import io.karst.edge.delivery.RangeMethods;
import io.karst.edge.device.DeviceMethods;
import io.karst.edge.device.KeyChecks;
import io.karst.edge.epoch.EpochPages;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.group.EpochMethods;
import io.karst.edge.group.GroupMethods;
import io.karst.edge.group.HistoryMethods;
import io.karst.edge.group.Proposals;
import io.karst.edge.owner.OwnerLogs;
import io.karst.edge.status.RefusedException;
import io.karst.edge.upload.Uploads;
import io.karst.proof.signature.Signatures;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The server without a network, a cluster and Cassandra: the real API over processes that live in
 * virtual time and remember what is in their journal.
 */
final class Backend {

  private static final int READS_MAX = 1_000_000;

  private final World world;
  private final Rules rules;
  private final Journal journal = new Journal();
  private final Map<GroupId, GroupProcess> groups = new TreeMap<>();
  private final Map<MemberId, MemberProcess> members = new TreeMap<>();
  private final Map<String, ServerMethodDefinition<?, ?>> methods = new HashMap<>();
  private final GroupJournal log = GroupJournal.of(journal, READS_MAX, READS_MAX);
  private final Deliveries deliveries;
  private final Groups allGroups;
  private final Failures failures = new Failures(new RequestIds(bytes -> {}));

  /** The client's end of a call. */
  interface Caller<A> {
    void answer(A message);

    void close(Status status, Metadata trailers);
  }

  /** The server's end of a call. */
  interface Callee {
    void message(byte[] bytes);

    void halfClose();

    void cancel();
  }

  Backend(World world, Rules rules) {
    this.world = world;
    this.rules = rules;
    allGroups = new Groups(new Processes<>(world, id -> group(new GroupId(id))));
    Members allMembers = new Members(new Processes<>(world, id -> member(new MemberId(id))));
    Signatures signatures = world.signatures();
    EpochRecords epochs = new EpochRecords(allGroups, log);
    OwnerLogs owners = new OwnerLogs(allGroups, allMembers);
    deliveries = new Deliveries(
        world,
        new Tail.Sources(log, new Opener(log, epochs, owners), allMembers),
        new RangeMethods(log, epochs),
        failures);
    add(new DeviceMethods(
            allMembers,
            token ->
                CompletableFuture.completedFuture(new Enrolment(token, AccountRole.MEMBER, false)),
            new KeyChecks(signatures))
        .bind(failures));
    add(new GroupMethods(allGroups, epochs, new Proposals(signatures, allMembers))
        .bind(
            new AppendMethods(allGroups, epochs, owners, new FrameReader(signatures)),
            (call, headers) -> {
              throw new IllegalStateException("the SDK sends single frames");
            },
            new GroupMethods.Past(
                new EpochMethods(epochs, new EpochPages(epochs)),
                new HistoryMethods(allGroups, allMembers, log, epochs, world.time()::nanos)),
            new Uploads(this::after, failures),
            failures));
    add(new AccessMethods(allGroups, allMembers, new LogPlaces(log, epochs), new EpochPages(epochs))
        .bind(failures));
    add(deliveries.bind());
  }

  Journal journal() {
    return journal;
  }

  GroupJournal log() {
    return log;
  }

  Rules rules() {
    return rules;
  }

  Groups allGroups() {
    return allGroups;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  /** Those whose journal is not empty, or that were asked for. */
  Map<GroupId, GroupProcess> groups() {
    return groups;
  }

  Map<MemberId, MemberProcess> members() {
    return members;
  }

  GroupProcess group(GroupId id) {
    return groups.computeIfAbsent(id, made -> new GroupProcess(world, this, made));
  }

  MemberProcess member(MemberId id) {
    return members.computeIfAbsent(id, made -> new MemberProcess(world, this, made));
  }

  /** Answers how to take it back. */
  private Runnable after(Duration delay, Runnable task) {
    AtomicBoolean wanted = new AtomicBoolean(true);
    world.time().after(delay, () -> {
      if (wanted.get()) {
        task.run();
      }
    });
    return () -> wanted.set(false);
  }

  private void add(ServerServiceDefinition service) {
    service
        .getMethods()
        .forEach(method -> methods.put(method.getMethodDescriptor().getFullMethodName(), method));
  }

  /** Begins a call. */
  <A> Callee accept(String method, Optional<Principal> principal, Caller<A> caller) {
    ServerMethodDefinition<?, ?> definition = methods.get(method);
    if (definition == null) {
      caller.close(Status.UNIMPLEMENTED, new Metadata());
      return new Deaf();
    }
    Optional<Reason> refusal = principal.flatMap(this::refusal);
    if (refusal.isPresent()) {
      StatusRuntimeException refused = failures.status(new RefusedException(refusal.get()));
      Metadata trailers = refused.getTrailers();
      caller.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
      return new Deaf();
    }
    return new Accepted<>(typed(definition), principal, caller);
  }

  /** Of whom its member does not have now. */
  private Optional<Reason> refusal(Principal principal) {
    if (principal.role() == AccountRole.AUDITOR) {
      return Optional.empty();
    }
    Member member = member(principal.address().member()).member();
    DeviceId device = principal.address().device();
    if (member.device(device).isPresent()) {
      return Optional.empty();
    }
    boolean gone = member.chain().everUsed().contains(device);
    return Optional.of(gone ? Reason.DEVICE_REVOKED : Reason.PROOF_INVALID);
  }

  @SuppressWarnings("unchecked") // The caller's method has the same messages.
  private static <Q, A> ServerMethodDefinition<Q, A> typed(ServerMethodDefinition<?, ?> any) {
    return (ServerMethodDefinition<Q, A>) any;
  }

  private final class Accepted<Q, A> extends ServerCall<Q, A> implements Callee {

    private final MethodDescriptor<Q, A> method;
    private final Caller<A> caller;
    private final Context context;
    private final Listener<Q> listener;
    private boolean ended;

    Accepted(
        ServerMethodDefinition<Q, A> definition, Optional<Principal> principal, Caller<A> caller) {
      this.method = definition.getMethodDescriptor();
      this.caller = caller;
      this.context = principal
          .map(who -> Context.current().withValue(Principal.KEY, who))
          .orElse(Context.current());
      Listener<Q>[] made = newArray();
      context.run(
          () -> made[0] = definition.getServerCallHandler().startCall(this, new Metadata()));
      this.listener = made[0];
    }

    @Override
    public void message(byte[] bytes) {
      Q request = method.parseRequest(new ByteArrayInputStream(bytes));
      context.run(() -> listener.onMessage(request));
    }

    @Override
    public void halfClose() {
      context.run(listener::onHalfClose);
    }

    @Override
    public void cancel() {
      if (!ended) {
        ended = true;
        context.run(listener::onCancel);
      }
    }

    @Override
    public void request(int count) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(A message) {
      if (!ended) {
        world.witness().answered(message);
        caller.answer(message);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!ended) {
        ended = true;
        if (status.getCode() == Status.Code.INTERNAL || status.getCode() == Status.Code.UNKNOWN) {
          world.violated(Violation.Kind.SERVER_FAILED, method.getFullMethodName() + ": " + status);
        }
        caller.close(status, trailers);
      }
    }

    @Override
    public boolean isCancelled() {
      return ended;
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
      return method;
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of one listener.
  private static <Q> ServerCall.Listener<Q>[] newArray() {
    return new ServerCall.Listener[1];
  }

  /** A call that the server does not know. */
  private static final class Deaf implements Callee {

    @Override
    public void message(byte[] bytes) {}

    @Override
    public void halfClose() {}

    @Override
    public void cancel() {}
  }
}
