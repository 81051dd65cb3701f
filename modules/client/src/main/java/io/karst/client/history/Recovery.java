package io.karst.client.history;

import io.karst.client.epoch.Committer;
import io.karst.client.epoch.Epochs;
import io.karst.client.memory.Unsealed;
import io.karst.client.recovery.Climb;
import io.karst.client.recovery.ClimbAction;
import io.karst.client.recovery.ClimbEvent;
import io.karst.client.recovery.Ladder;
import io.karst.client.recovery.Step;
import io.karst.client.store.EpochRow;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Retries;
import io.karst.client.work.DeviceContext;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Climbs the recovery ladder: brings events to {@link Ladder}, stores each step, and does what it
 * says. Used on the device's thread.
 *
 * <p>Climbs are in the store from the transaction on in which an epoch was found lost, so a restart
 * goes on where it was.
 */
public final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /** A clock that was set back must not stop a climb for longer. */
  private static final Duration SLEEP_MAX = Duration.ofMinutes(15);

  private final DeviceContext context;
  private final Epochs epochs;
  private final Committer committer;
  private final Asker asker;
  private final Prover prover;
  private final Views views;
  private final Holds holds;
  private final Set<Alarm> alarms = new HashSet<>();

  /** A timer of a climb. */
  private record Alarm(GroupId group, EpochRange epochs, Instant due) {}

  Recovery(DeviceContext context, Epochs epochs, Committer committer, HistoryReader reader) {
    this.context = context;
    this.epochs = epochs;
    this.committer = committer;
    this.asker = new Asker(context);
    this.prover = new Prover(reader);
    this.views = new Views(context);
    this.holds = new Holds(context.loop());
  }

  /** Goes on with what an earlier run left. */
  public void resume() {
    for (GroupId group :
        context.memory().transaction(memory -> memory.tables().climbs().groups())) {
      climbs(group, climb -> true).forEach(climb -> tell(climb, new ClimbEvent.Resumed()));
      heed(group);
    }
  }

  /** Looks after the climbs of a group once more: something about its epochs has changed. */
  public void heed(GroupId group) {
    for (Climb climb : climbs(group, one -> true)) {
      watch(climb);
      tell(climb, new ClimbEvent.Passed());
    }
  }

  /** Asks for keys of epochs because somebody wants them. Completes when the first were asked. */
  CompletableFuture<Void> want(GroupId group, EpochRange range) {
    Climb begun = context.memory().transaction(memory -> {
      boolean entitled = views.isEntitled(memory, group, range);
      Climb climb = Climb.wanted(group, range, entitled, context.clock().instant());
      var table = memory.tables().climbs();
      table.replace(group, Ladder.add(table.of(group), climb));
      return climb;
    });
    return happen(begun, new ClimbEvent.Passed());
  }

  /** Keys of epochs were given, or something that does not open. */
  void given(GroupId group, DeviceAddress by, EpochRange range, boolean useful) {
    ClimbEvent event = useful ? new ClimbEvent.Given() : new ClimbEvent.Useless(by);
    climbs(
            group,
            climb -> range.from() <= climb.epochs().to() && climb.epochs().from() <= range.to())
        .forEach(climb -> tell(climb, event));
  }

  /**
   * Completes when it is no use to wait any longer for the keys of an epoch, for who is about to
   * read what was said in it.
   */
  public CompletableFuture<Void> settled(GroupId group, long epoch) {
    return climbs(group, climb -> climb.epochs().contains(epoch)).stream()
        .filter(climb -> climb.entitled() && climb.isHopeful())
        .findFirst()
        .map(climb -> holds.on(group, climb.epochs()))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** Somebody has begun to speak in a lost epoch, in a session whose keys were not given. */
  public void missed(GroupId group, long epoch) {
    List<Climb> climbs = climbs(group, climb -> climb.epochs().contains(epoch));
    if (climbs.isEmpty()) {
      var unused = want(group, new EpochRange(epoch, epoch));
    }
    climbs.forEach(climb -> tell(climb, new ClimbEvent.Missed()));
  }

  private List<Climb> climbs(GroupId group, Predicate<Climb> which) {
    return context
        .memory()
        .transaction(
            memory -> memory.tables().climbs().of(group).stream().filter(which).toList());
  }

  private void tell(Climb at, ClimbEvent event) {
    var unused = happen(at, event);
  }

  /** Completes when what follows from the event was done. */
  private CompletableFuture<Void> happen(Climb at, ClimbEvent event) {
    return happen(at.group(), at.epochs(), event, context.clock().instant());
  }

  private CompletableFuture<Void> happen(
      GroupId group, EpochRange range, ClimbEvent event, Instant now) {
    Optional<Step> step =
        context.memory().transaction(memory -> step(memory, group, range, event, now));
    if (step.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    Optional<Climb> next = step.get().next();
    if (next.filter(Climb::isHopeful).isEmpty()) {
      holds.release(group, range);
    }
    next.ifPresent(this::watch);
    return step.get()
        .action()
        .map(action -> action.match(new Doing(next.orElseThrow())))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** Absent when there is no such climb any more. */
  private Optional<Step> step(
      Unsealed memory, GroupId group, EpochRange range, ClimbEvent event, Instant now) {
    var table = memory.tables().climbs();
    List<Climb> climbs = new ArrayList<>(table.of(group));
    for (int i = 0; i < climbs.size(); i++) {
      Climb climb = climbs.get(i);
      if (climb.epochs().equals(range)) {
        Step step = Ladder.decide(climb, event, views.from(memory, climb, now));
        if (step.next().isPresent()) {
          climbs.set(i, step.next().get());
        } else {
          climbs.remove(i);
        }
        if (!step.next().equals(Optional.of(climb))) {
          table.replace(group, climbs);
        }
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  /** Wakes up when a climb is due. */
  private void watch(Climb climb) {
    Alarm alarm = new Alarm(climb.group(), climb.epochs(), climb.due());
    if (!alarms.add(alarm)) {
      return;
    }
    Duration left = Duration.between(context.clock().instant(), climb.due());
    Duration bounded = left.isNegative() ? Duration.ZERO : left;
    context.loop().schedule(bounded.compareTo(SLEEP_MAX) < 0 ? bounded : SLEEP_MAX, () -> {
      alarms.remove(alarm);
      // The timer counts, whatever the clock says meanwhile.
      Instant now = context.clock().instant();
      Instant passed = now.isBefore(alarm.due()) ? alarm.due() : now;
      var unused = happen(alarm.group(), alarm.epochs(), new ClimbEvent.Passed(), passed);
    });
  }

  /** Does what a step says. Nothing of it fails: that is an event as well. */
  private final class Doing implements ClimbAction.Cases<CompletableFuture<Void>> {

    private final Climb climb;

    Doing(Climb climb) {
      this.climb = climb;
    }

    @Override
    public CompletableFuture<Void> fetchOwnKeys(ClimbAction.FetchOwnKeys action) {
      return epochs.reopen(climb.group(), climb.epochs()).exceptionally(failure -> {
        LOG.debug("own keys could not be read from the log", Failures.of(failure));
        return null;
      });
    }

    @Override
    public CompletableFuture<Void> ask(ClimbAction.Ask action) {
      return asker
          .ask(climb, action.targets())
          .whenCompleteAsync((done, failure) -> asked(action, failure), context.loop());
    }

    private void asked(ClimbAction.Ask action, @Nullable Throwable failure) {
      if (failure == null) {
        tell(climb, new ClimbEvent.Asked());
        return;
      }
      LOG.debug("others could not be asked for keys: {}", Failures.of(failure).getMessage());
      boolean passing = Retries.isPassing(Failures.of(failure));
      tell(climb, new ClimbEvent.NotAsked(Set.copyOf(action.targets()), passing));
    }

    @Override
    public CompletableFuture<Void> prove(ClimbAction.Prove action) {
      return prover
          .prove(climb.group(), climb.epochs())
          .thenComposeAsync(proof -> happen(climb, new ClimbEvent.Proved(proof)), context.loop());
    }

    @Override
    public CompletableFuture<Void> renew(ClimbAction.Renew action) {
      GroupId group = climb.group();
      EpochRow newest = context
          .memory()
          .transaction(memory -> memory.tables().epochs().newest(group))
          .orElseThrow();
      LOG.warn("epoch {} of group {} does not open: a new one is started", newest.number(), group);
      // Where nobody keeps keys, that nobody gives any says nothing about who can read.
      boolean reset = action.reset()
          && context.memory().transaction(memory -> memory.tables().groups().keepsKeys(group));
      CompletableFuture<Long> renewed =
          reset ? committer.resetIfMay(group) : committer.renew(group, newest.number());
      return renewed.handle((epoch, failure) -> {
        if (failure != null) {
          LOG.debug("no new epoch could be started", Failures.of(failure));
        }
        return null;
      });
    }
  }
}
