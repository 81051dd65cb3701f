package io.karst.client.channel;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityViolation;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.epoch.Epochs;
import io.karst.client.epoch.LostEpochs;
import io.karst.client.history.GivenSessions;
import io.karst.client.history.History;
import io.karst.client.history.Recovery;
import io.karst.client.memory.Unsealed;
import io.karst.client.store.GroupRow;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Retries;
import io.karst.client.verification.HeardStep;
import io.karst.client.wire.Entry;
import io.karst.client.wire.EpochNews;
import io.karst.client.wire.LogItem;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.Listener;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.GroupId;
import io.karst.proof.signature.SessionBindings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes steps of a log for a listener: installs the epochs in them, reads, delivers, and stores
 * what was taken.
 *
 * <p>Used on the device's thread, for one run at a time.
 */
final class Reader implements StepReader {

  private final DeviceContext context;
  private final GroupId group;
  private final Epochs epochs;
  private final History history;
  private final Recovery recovery;
  private final EpochWatcher watcher;
  private final RotationTurn turn;
  private final SessionBindings bindings;
  private final Consumer<List<HeardStep>> verifications;

  Reader(DeviceContext context, GroupId group, LiveChannel.Parts parts, RotationTurn turn) {
    this.context = context;
    this.group = group;
    this.epochs = parts.epochs();
    this.history = parts.history();
    this.recovery = parts.history().recovery();
    this.watcher = parts.watcher();
    this.verifications = parts.verifications();
    this.turn = turn;
    this.bindings = new SessionBindings(context.signatures());
  }

  @Override
  public GroupRow row() {
    return context.memory().transaction(this::row);
  }

  @Override
  public CompletableFuture<Integer> read(List<LogStep> steps, Listener<ChannelEvent> listener) {
    Map<Long, SecurityProblem> refused = new HashMap<>();
    return install(steps, refused)
        .thenComposeAsync(installed -> learned(steps), context.loop())
        .thenComposeAsync(learned -> recovered(steps), context.loop())
        .thenComposeAsync(
            recovered -> deliver(told(steps, refused), listener, refused), context.loop());
  }

  /**
   * What a run tells.
   *
   * @param events of each step
   */
  private record Told(ReadRun run, List<LogStep> steps, List<List<ChannelEvent>> events) {

    List<ChannelEvent> all() {
      return events.stream().flatMap(List::stream).toList();
    }

    /** The steps that are covered by the first {@code count} events. */
    List<LogStep> covered(int count) {
      int covered = 0;
      int left = count;
      while (covered < events.size() && events.get(covered).size() <= left) {
        left -= events.get(covered).size();
        covered++;
      }
      return steps.subList(0, covered);
    }
  }

  private CompletableFuture<Boolean> install(
      List<LogStep> steps, Map<Long, SecurityProblem> refused) {
    CompletableFuture<Boolean> done = CompletableFuture.completedFuture(true);
    for (LogStep step : steps) {
      for (EpochNews news : step.epochs()) {
        done = done.thenComposeAsync(before -> install(news, refused), context.loop());
      }
    }
    return done;
  }

  /** An epoch that is refused stops nothing: what was said in it is told as unreadable. */
  private CompletableFuture<Boolean> install(EpochNews news, Map<Long, SecurityProblem> refused) {
    return context
        .calls()
        .<Void>retried(Retries.untilDone(), failed -> epochs.adopt(news))
        .handleAsync(
            (adopted, failure) -> {
              refusal(failure).ifPresent(problem -> refused.put(news.epoch(), problem));
              return true;
            },
            context.loop());
  }

  /**
   * Learns who was in epochs before this device's first of which something is shown, as it may be
   * in their grace: another device of the member may have been in them, or nobody.
   */
  private CompletableFuture<Void> learned(List<LogStep> steps) {
    long first = row().firstEpoch();
    Optional<Long> unknown = steps.stream()
        .flatMap(step -> step.item().map(LogItem::entry).stream())
        .filter(Entry.Spoken.class::isInstance)
        .map(entry -> ((Entry.Spoken) entry).envelope().epoch())
        .filter(epoch -> epoch < first)
        .min(Long::compare);
    return unknown.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : history.learn(group, unknown.get()).exceptionally(failure -> {
          refusal(failure).ifPresent(watcher::warned);
          return null;
        });
  }

  /**
   * Waits for keys that are being got back, for a while. Whoever speaks in an epoch that is lost,
   * in a session that nobody gave yet, is asked about first.
   */
  private CompletableFuture<Void> recovered(List<LogStep> steps) {
    Set<Long> spoken = new TreeSet<>();
    Set<Long> missed = new TreeSet<>();
    for (LogStep step : steps) {
      step.item().map(LogItem::entry).ifPresent(entry -> {
        if (entry instanceof Entry.Spoken said) {
          spoken.add(said.envelope().epoch());
        } else if (entry instanceof Entry.SessionOpened opened && isMissing(opened.binding())) {
          missed.add(opened.binding().epoch());
        } else if (entry instanceof Entry.Notice notice
            && notice.event() instanceof ChannelEvent.EpochsOrphaned reset) {
          spoken.removeIf(reset.epochs()::contains);
          missed.removeIf(reset.epochs()::contains);
        }
      });
    }
    missed.forEach(epoch -> recovery.missed(group, epoch));
    return CompletableFuture.allOf(spoken.stream()
        .map(epoch -> recovery.settled(group, epoch))
        .toArray(CompletableFuture[]::new));
  }

  private boolean isMissing(SessionBinding binding) {
    return context
        .memory()
        .transaction(memory -> memory
                .tables()
                .epochs()
                .find(group, binding.epoch())
                .filter(LostEpochs::isLost)
                .isPresent()
            && !memory.tables().epochs().isOrphaned(group, binding.epoch())
            && !GivenSessions.has(memory, group, binding));
  }

  private static Optional<SecurityProblem> refusal(@Nullable Throwable failure) {
    if (failure == null) {
      return Optional.empty();
    }
    Throwable cause = Failures.of(failure);
    if (cause instanceof LocalMistake mistake) {
      throw mistake;
    }
    return cause instanceof SecurityViolation violation
        ? Optional.of(violation.problem())
        : Optional.empty();
  }

  private Told told(List<LogStep> steps, Map<Long, SecurityProblem> refused) {
    return context.memory().transaction(memory -> {
      ReadRun run = run(memory, refused);
      run.foresee(steps);
      return new Told(run, steps, run.read(steps));
    });
  }

  private CompletableFuture<Integer> deliver(
      Told told, Listener<ChannelEvent> listener, Map<Long, SecurityProblem> refused) {
    return listener
        .deliver(told.all())
        .thenApplyAsync(
            count -> {
              List<LogStep> taken = told.covered(count);
              context.memory().transaction(memory -> store(memory, told, taken, refused));
              turn.heed(told.all().subList(0, count));
              verifications.accept(told.run().steps());
              return taken.size();
            },
            context.loop());
  }

  /**
   * Who stopped in the middle has taken less than was read: then just that much is read again, and
   * stored.
   */
  private boolean store(
      Unsealed memory, Told told, List<LogStep> taken, Map<Long, SecurityProblem> refused) {
    if (taken.size() == told.steps().size()) {
      told.run().save(memory);
    } else {
      ReadRun shorter = run(memory, refused);
      var unused = shorter.read(taken);
      shorter.save(memory);
    }
    return true;
  }

  private ReadRun run(Unsealed memory, Map<Long, SecurityProblem> refused) {
    return new ReadRun(memory, row(memory), context.self(), bindings, refused);
  }

  private GroupRow row(Unsealed memory) {
    return memory.tables().groups().find(group).orElseThrow();
  }
}
