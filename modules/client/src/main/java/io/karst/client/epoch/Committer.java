package io.karst.client.epoch;

import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityViolation;
import io.karst.client.api.ServerRefusal;
import io.karst.client.memory.Unsealed;
import io.karst.client.recovery.Repairs;
import io.karst.client.session.CommitPlan;
import io.karst.client.session.EpochSealing;
import io.karst.client.store.EpochRow;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Patience;
import io.karst.client.transport.Retries;
import io.karst.client.transport.ServerCalls;
import io.karst.client.wire.ChangeWire;
import io.karst.client.wire.EpochWire;
import io.karst.client.wire.GroupView;
import io.karst.client.work.DeviceContext;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Change;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.GetGroupRequest;
import io.karst.wire.v1.GroupServiceGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts new epochs of existing groups. Used on the device's thread.
 *
 * <p>Of two devices that commit at the same moment one wins. The other adopts the winner's epoch
 * and makes its own change on top of that.
 */
public final class Committer {

  /** Losing a race more often than this in a row takes more devices than a group has. */
  static final int RACES_MAX = 12;

  private static final Duration RACE_DELAY_MIN = Duration.ofMillis(20);
  private static final Duration RACE_DELAY_MAX = Duration.ofMillis(400);

  /**
   * Somebody else's epoch came first, a member's devices changed since they were asked for, or a
   * rotation has become due for another reason.
   */
  private static final Set<Reason> LOST =
      EnumSet.of(Reason.STALE_EPOCH, Reason.ROSTER_MISMATCH, Reason.MANIFEST_INVALID);

  private static final Patience RACING =
      new Patience(Committer::isLost, RACES_MAX, Patience.between(RACE_DELAY_MIN, RACE_DELAY_MAX));

  private final DeviceContext context;
  private final Directory directory;
  private final Epochs epochs;
  private final Sealer sealer;
  private final WishQueue wishes;

  public Committer(DeviceContext context, Directory directory, Epochs epochs) {
    this.context = context;
    this.directory = directory;
    this.epochs = epochs;
    this.sealer = new Sealer(context);
    this.wishes = new WishQueue(context.loop(), this::grant);
  }

  /**
   * Makes a change of membership in a new epoch, together with others that are asked for at about
   * the same time. Answers its number.
   */
  public CompletableFuture<Long> change(GroupId group, Change change) {
    return wishes.ask(group, Wish.of(change));
  }

  /**
   * Starts a new epoch unless one after {@code epoch} has started. Answers the number of the
   * newest.
   */
  public CompletableFuture<Long> rotate(GroupId group, long epoch) {
    return wishes.ask(group, Wish.ofEpoch(view -> view.epoch().epoch() > epoch));
  }

  /**
   * As {@link #rotate}, because this device cannot read or speak in that epoch: counted, unless the
   * group itself wants to rotate. Fails with {@code OVERLOADED} when that happened too often.
   */
  public CompletableFuture<Long> renew(GroupId group, long epoch) {
    return wishes.ask(
        group,
        Wish.ofRepair(
            view -> view.epoch().epoch() > epoch, view -> view.due().isPresent() || may(group)));
  }

  private boolean may(GroupId group) {
    return context
        .memory()
        .transaction(memory -> Repairs.spendRenewal(
            memory.tables().climbs(), group, context.clock().instant()));
  }

  /** As {@link #reset}, by the device itself: counted with {@linkplain #renew renewals}. */
  public CompletableFuture<Long> resetIfMay(GroupId group) {
    return may(group)
        ? reset(group)
        : CompletableFuture.failedFuture(new ServerRefusal(Reason.OVERLOADED));
  }

  /** Gives up the epochs whose keys this device cannot get, in a new one. Answers its number. */
  public CompletableFuture<Long> reset(GroupId group) {
    return raced(lost -> view(group)
        .thenComposeAsync(
            view -> {
              Optional<EpochRange> range =
                  context.memory().transaction(memory -> LostEpochs.newest(memory, group));
              return range.isPresent()
                  ? commit(group, view, new Work(List.of(), range))
                      .thenApplyAsync(epoch -> orphaned(group, range.get(), epoch), context.loop())
                  : CompletableFuture.completedFuture(view.epoch().epoch());
            },
            context.loop()));
  }

  /** The log says so as well, later. */
  private long orphaned(GroupId group, EpochRange range, long epoch) {
    context.memory().transaction(memory -> {
      memory.tables().epochs().orphan(group, range);
      return true;
    });
    return epoch;
  }

  /** Starts a new epoch if a rotation is due. Answers the number of the newest. */
  public CompletableFuture<Long> rotateIfDue(GroupId group) {
    return wishes.ask(group, Wish.ofEpoch(view -> view.due().isEmpty()));
  }

  /** Grants wishes in one epoch; when the server refuses them together, in several. */
  private CompletableFuture<Void> grant(GroupId group, List<Wish> wanted) {
    return this.<Void>raced(lost -> view(group)
            .thenComposeAsync(view -> attempt(group, view, wanted, lost == 0), context.loop()))
        .handle((done, failure) -> failure)
        .thenComposeAsync(
            failure -> failure == null
                ? CompletableFuture.<Void>completedFuture(null)
                : refused(group, open(wanted), Failures.of(failure)),
            context.loop());
  }

  private CompletableFuture<Void> attempt(
      GroupId group, GroupView view, List<Wish> wanted, boolean first) {
    List<Wish> open = open(wanted);
    open.forEach(wish -> wish.look(view, first));
    List<Wish> left = open(open);
    if (left.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    List<Change> changes = left.stream().flatMap(wish -> wish.change().stream()).toList();
    return commit(group, view, new Work(changes, Optional.empty()))
        .thenAcceptAsync(epoch -> left.forEach(wish -> wish.grant(epoch)), context.loop());
  }

  /** One that cannot be granted must not cost the others theirs: it is found by halving. */
  private CompletableFuture<Void> refused(GroupId group, List<Wish> open, Throwable cause) {
    boolean divisible =
        open.size() > 1 && open.stream().anyMatch(w -> w.change().isPresent());
    if (!divisible || !(cause instanceof ServerRefusal) || Retries.isPassing(cause)) {
      open.forEach(wish -> wish.fail(cause));
      return CompletableFuture.completedFuture(null);
    }
    List<Wish> changesFirst = new ArrayList<>(open);
    changesFirst.sort(Comparator.comparing(wish -> wish.change().isEmpty()));
    int half = open.size() / 2;
    return grant(group, changesFirst.subList(0, half))
        .thenComposeAsync(
            done -> grant(group, changesFirst.subList(half, open.size())), context.loop());
  }

  private static List<Wish> open(List<Wish> wishes) {
    return wishes.stream().filter(Wish::isOpen).toList();
  }

  /**
   * The group as the server says it is, with its epoch installed and its members checked against
   * the signed roster.
   */
  public CompletableFuture<GroupView> view(GroupId group) {
    GetGroupRequest request =
        GetGroupRequest.newBuilder().setGroupId(group.value()).build();
    return context
        .calls()
        .call(GroupServiceGrpc.getGetGroupMethod(), request)
        .thenComposeAsync(
            response -> {
              GroupView view = GroupView.of(response);
              return epochs
                  .adopt(view.epoch())
                  .thenApplyAsync(done -> checked(group, view), context.loop());
            },
            context.loop());
  }

  private GroupView checked(GroupId group, GroupView view) {
    context.memory().transaction(memory -> {
      requireMembers(group, view, newest(memory, group).manifest());
      Optional<SecurityProblem> fork = Heads.observe(memory, group, view.head(), context.self());
      fork.ifPresent(Committer::violated);
      memory.saveKeepsKeys(group, !view.policy().forwardOnly());
      return true;
    });
    return view;
  }

  /**
   * Nobody is a member whom the roster does not hold; and who is in it and no member any more has
   * left, so that a rotation is due. A view that lags behind the newest epoch says nothing.
   */
  private static void requireMembers(GroupId group, GroupView view, Manifest newest) {
    if (view.epoch().epoch() != newest.epoch()) {
      return;
    }
    Set<MemberId> signed =
        newest.roster().stream().map(RosterEntry::member).collect(Collectors.toSet());
    Set<MemberId> members = view.members().keySet();
    Stream<MemberId> forged = Stream.concat(
        members.stream().filter(member -> !signed.contains(member)),
        signed.stream().filter(member -> !members.contains(member) && view.due().isEmpty()));
    forged
        .findFirst()
        .ifPresent(member -> violated(new SecurityProblem.MembersForged(group, member)));
  }

  private static void violated(SecurityProblem problem) {
    throw new SecurityViolation(problem);
  }

  /**
   * What a commit does beside starting an epoch.
   *
   * @param orphaned the epochs that it gives up
   */
  private record Work(List<Change> changes, Optional<EpochRange> orphaned) {

    RotationReason reason(GroupView view) {
      return orphaned.isPresent()
          ? RotationReason.RESET
          : CommitPlan.reason(changes, view.due().orElse(RotationReason.MANUAL));
    }
  }

  private CompletableFuture<Long> commit(GroupId group, GroupView view, Work work) {
    return directory
        .newest(CommitPlan.membersAfter(view.members().keySet(), work.changes()))
        .thenComposeAsync(lists -> sealer.seal(terms(group, view, work, lists)), context.loop())
        .thenComposeAsync(sealing -> send(group, work, sealing), context.loop());
  }

  private EpochSealing.Terms terms(
      GroupId group, GroupView view, Work work, List<DeviceList> lists) {
    SignedManifest previous = context.memory().transaction(memory -> newest(memory, group));
    return new EpochSealing.Terms(
        group,
        previous.manifest().epoch() + 1,
        previous.hash(),
        work.reason(view),
        CommitPlan.roster(lists));
  }

  private CompletableFuture<Long> send(GroupId group, Work work, EpochSealing sealing) {
    long epoch = sealing.manifest().manifest().epoch();
    CommitRequest.Builder request = CommitRequest.newBuilder()
        .setGroupId(group.value())
        .setExpectedEpoch(epoch - 1)
        .addAllChanges(work.changes().stream().map(ChangeWire::change).toList())
        .setManifest(EpochWire.manifest(sealing.manifest()));
    work.orphaned().map(EpochWire::range).ifPresent(request::setOrphaned);
    return new EpochUpload(context.calls())
        .commit(request.build(), sealing.sealedKeys())
        .handle((response, failure) -> failure == null || isReplay(failure) ? null : failure)
        .thenComposeAsync(
            failure -> failure == null
                ? epochs.adopt(sealer.ownNews(sealing)).thenApply(done -> epoch)
                : CompletableFuture.failedFuture(failure),
            context.loop());
  }

  /** The answer to the first sending was lost: the epoch had started. */
  private static boolean isReplay(Throwable failure) {
    return Failures.of(failure) instanceof ServerRefusal refusal
        && refusal.reason() == Reason.COMMIT_REPLAYED;
  }

  private static SignedManifest newest(Unsealed memory, GroupId group) {
    return memory.tables().epochs().newest(group).map(EpochRow::manifest).orElseThrow();
  }

  private <T> CompletableFuture<T> raced(ServerCalls.Attempt<T> attempt) {
    return context.calls().retried(RACING, attempt);
  }

  private static boolean isLost(Throwable failure) {
    return Failures.of(failure) instanceof ServerRefusal refusal && LOST.contains(refusal.reason());
  }
}
