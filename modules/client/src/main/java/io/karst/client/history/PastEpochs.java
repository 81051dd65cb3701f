package io.karst.client.history;

import io.karst.client.api.BadAnswer;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.api.SecurityViolation;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.epoch.LostEpochs;
import io.karst.client.memory.Unsealed;
import io.karst.client.recovery.Climb;
import io.karst.client.store.EpochRow;
import io.karst.client.wire.EpochNews;
import io.karst.client.wire.EpochWire;
import io.karst.client.work.DeviceContext;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.SyncRequest;
import io.karst.wire.v1.SyncResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Verifies the manifests of epochs from before the first that this device knows. Used on the
 * device's thread.
 *
 * <p>Each manifest names the hash of the one before it, so whoever trusts a later one, which its
 * committer signed, can trust all before.
 */
final class PastEpochs {

  private final DeviceContext context;
  private final EpochWatcher watcher;

  PastEpochs(DeviceContext context, EpochWatcher watcher) {
    this.context = context;
    this.watcher = watcher;
  }

  /** Completes when the manifests of {@code epoch} and of those after it are stored. */
  CompletableFuture<Void> learn(GroupId group, long epoch) {
    Optional<EpochRow> oldest =
        context.memory().transaction(memory -> oldestFrom(memory, group, epoch));
    if (oldest.isEmpty() || oldest.get().number() <= epoch) {
      return CompletableFuture.completedFuture(null);
    }
    return fetch(group, epoch, oldest.get().number() - 1, new ArrayList<>())
        .thenAcceptAsync(news -> add(oldest.get(), news), context.loop());
  }

  /** The first epoch at or after this one that is known. */
  private static Optional<EpochRow> oldestFrom(Unsealed memory, GroupId group, long epoch) {
    long newest = memory.tables().epochs().newest(group).map(EpochRow::number).orElse(0L);
    for (long number = epoch; number <= newest; number++) {
      Optional<EpochRow> row = memory.tables().epochs().find(group, number);
      if (row.isPresent()) {
        return row;
      }
    }
    return Optional.empty();
  }

  private CompletableFuture<List<EpochNews>> fetch(
      GroupId group, long from, long until, List<EpochNews> found) {
    if (from > until) {
      return CompletableFuture.completedFuture(found);
    }
    SyncRequest request = SyncRequest.newBuilder()
        .setGroupId(group.value())
        .setFromEpoch(from)
        .setToEpoch(until)
        .build();
    return context
        .calls()
        .call(GroupServiceGrpc.getSyncMethod(), request)
        .thenComposeAsync(
            response -> {
              long next = take(group, from, response, found);
              return fetch(group, next, until, found);
            },
            context.loop());
  }

  private static long take(GroupId group, long from, SyncResponse response, List<EpochNews> found) {
    long next = from;
    for (EpochNews news : response.getEpochsList().stream().map(EpochWire::news).toList()) {
      if (!news.group().equals(group) || news.epoch() != next) {
        throw new BadAnswer("the server answered other epochs");
      }
      found.add(news);
      next++;
    }
    if (next == from) {
      throw new BadAnswer("the server answered no epochs");
    }
    return next;
  }

  /** From the newest back, each against the one after it; nothing is stored unless all fit. */
  private void add(EpochRow known, List<EpochNews> past) {
    Manifest after = known.manifest().manifest();
    for (int i = past.size() - 1; i >= 0; i--) {
      EpochNews news = past.get(i);
      if (news.epoch() >= known.number()) {
        continue;
      }
      if (!news.manifest().hash().equals(after.previousHash())) {
        Manifest forged = news.manifest().manifest();
        throw new SecurityViolation(new SecurityProblem.EpochRefused(
            forged.group(), forged.epoch(), forged.committer(), Flaw.CHAIN));
      }
      after = news.manifest().manifest();
    }
    context.memory().transaction(memory -> {
      past.stream()
          .filter(news -> news.epoch() < known.number())
          .forEach(news -> add(memory, news));
      return true;
    });
    watcher.installed(known.group());
  }

  private void add(Unsealed memory, EpochNews news) {
    if (memory.tables().epochs().find(news.group(), news.epoch()).isPresent()) {
      return;
    }
    EpochRow.Access access = access(memory, news);
    memory.addEpoch(new EpochRow(news.manifest(), access), Map.of());
    if (access != EpochRow.Access.NOT_IN_ROSTER
        && memory.tables().groups().keepsKeys(news.group())) {
      LostEpochs.climb(
          memory, news.group(), news.epoch(), loss(access), context.clock().instant());
    }
  }

  /**
   * Epochs are installed without a gap: from this device's first one on, it had the key of each
   * that is not known to have been lost.
   */
  private EpochRow.Access access(Unsealed memory, EpochNews news) {
    if (news.manifest().manifest().entry(context.self()).isEmpty()) {
      return EpochRow.Access.NOT_IN_ROSTER;
    }
    boolean had = memory
        .tables()
        .groups()
        .find(news.group())
        .filter(row -> row.firstEpoch() <= news.epoch())
        .isPresent();
    return memory
        .tables()
        .epochs()
        .forgottenAs(news.group(), news.epoch())
        .orElse(had ? EpochRow.Access.FORGOTTEN : EpochRow.Access.KEY_NOT_OPENED);
  }

  /** What was opened once does not open again: there is no use in looking for it in the log. */
  private static Climb.Loss loss(EpochRow.Access access) {
    return access == EpochRow.Access.FORGOTTEN ? Climb.Loss.UNOPENABLE : Climb.Loss.ABSENT;
  }
}
