package io.karst.client.epoch;

import io.karst.client.api.BadAnswer;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.api.SecurityViolation;
import io.karst.client.store.EpochRow;
import io.karst.client.wire.EpochNews;
import io.karst.client.wire.EpochWire;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.Lane;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.SyncRequest;
import io.karst.wire.v1.SyncResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The one way by which epochs reach the store: in order, each once, from wherever the device hears
 * of them.
 *
 * <p>One at a time for the whole device: sealed keys of one committer must be opened in the order
 * in which they were sealed, also across groups, as far as the device can know it. Futures fail
 * with {@link io.karst.client.api.SecurityViolation} when an epoch does not verify; nothing of it
 * is installed then, and nothing after it.
 */
public final class Epochs {

  private final DeviceContext context;
  private final Directory directory;
  private final EpochInstaller installer;
  private final Lane lane;

  public Epochs(DeviceContext context, Directory directory, EpochWatcher watcher) {
    this.context = context;
    this.directory = directory;
    this.installer = new EpochInstaller(context, watcher);
    this.lane = new Lane(context.loop());
  }

  /** Installs an epoch that the server told of, and those before it that are missing. */
  public CompletableFuture<Void> adopt(EpochNews news) {
    return lane.run(() -> step(news));
  }

  /**
   * Installs an epoch that the device knows of by its number, and those before it that are missing.
   */
  public CompletableFuture<Void> fetch(GroupId group, long epoch) {
    return lane.run(() -> {
      Known known = known(group, epoch);
      return known.covers(epoch)
          ? CompletableFuture.completedFuture(null)
          : fetch(
              group, known.newest().map(row -> row.number() + 1).orElse(epoch), epoch, this::step);
    });
  }

  /** Reads the own sealed keys of lost epochs from the log, and opens what can be opened. */
  public CompletableFuture<Void> reopen(GroupId group, EpochRange lost) {
    return lane.run(() -> fetch(group, lost.from(), lost.to(), news -> {
      known(group, news.epoch())
          .same()
          .filter(LostEpochs::isLost)
          .ifPresent(row -> installer.reopen(row, news));
      return CompletableFuture.completedFuture(null);
    }));
  }

  /**
   * What is installed.
   *
   * @param same the epoch that was asked for
   * @param newest of its group
   */
  private record Known(Optional<EpochRow> same, Optional<EpochRow> newest) {

    /** Also when the epoch was forgotten, or lies before the device joined. */
    boolean covers(long epoch) {
      return newest.filter(row -> row.number() >= epoch).isPresent();
    }

    Optional<SignedManifest> previous() {
      return newest.map(EpochRow::manifest);
    }
  }

  private CompletableFuture<Void> step(EpochNews news) {
    Known known = known(news.group(), news.epoch());
    if (known.covers(news.epoch())) {
      known.same().ifPresent(row -> installer.compare(row, news));
      return CompletableFuture.completedFuture(null);
    }
    long next = known.newest().map(row -> row.number() + 1).orElse(news.epoch());
    return next < news.epoch()
        ? fetch(news.group(), next, news.epoch(), this::step)
            .thenComposeAsync(done -> step(news), context.loop())
        : directory
            .learn(news.manifest().manifest())
            .thenAcceptAsync(done -> installer.install(news, known.previous()), context.loop());
  }

  /** What is done with each epoch that was fetched, one after another. */
  private interface Use {
    CompletableFuture<Void> of(EpochNews news);
  }

  private CompletableFuture<Void> fetch(GroupId group, long from, long to, Use use) {
    SyncRequest request = SyncRequest.newBuilder()
        .setGroupId(group.value())
        .setFromEpoch(from)
        .setToEpoch(to)
        .build();
    return context
        .calls()
        .call(GroupServiceGrpc.getSyncMethod(), request)
        .thenComposeAsync(
            response -> {
              long next = from + response.getEpochsCount();
              CompletableFuture<Void> done = page(group, from, response, use);
              return next > to
                  ? done
                  : done.thenComposeAsync(before -> fetch(group, next, to, use), context.loop());
            },
            context.loop());
  }

  private CompletableFuture<Void> page(GroupId group, long from, SyncResponse response, Use use) {
    List<EpochNews> page =
        response.getEpochsList().stream().map(EpochWire::news).toList();
    if (page.isEmpty()) {
      throw new BadAnswer("the server answered no epochs");
    }
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (int i = 0; i < page.size(); i++) {
      EpochNews news = page.get(i);
      if (!news.group().equals(group) || news.epoch() != from + i) {
        throw new SecurityViolation(new SecurityProblem.EpochRefused(
            group, from + i, news.manifest().manifest().committer(), Flaw.OTHER_GROUP));
      }
      done = done.thenComposeAsync(before -> use.of(news), context.loop());
    }
    return done;
  }

  private Known known(GroupId group, long epoch) {
    return context
        .memory()
        .transaction(memory -> new Known(
            memory.tables().epochs().find(group, epoch),
            memory.tables().epochs().newest(group)));
  }
}
