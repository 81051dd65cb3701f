package io.karst.client.epoch;

import io.karst.client.api.ServerRefusal;
import io.karst.client.work.DeviceLoop;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Lets wishes that come close together share one epoch: those of a short while, and all that come
 * while a commit is under way.
 *
 * <p>A removal, or a sender who needs an epoch, does not wait, and takes along what does. Used on
 * the device's thread. Invariant: one commit of each group at a time.
 */
final class WishQueue {

  /** A person does not notice it; a program that adds many members calls within it. */
  static final Duration WINDOW = Duration.ofMillis(50);

  /** Of one group: more members than it can get. */
  static final int WAITING_MAX = 2000;

  /** Changes in one commit: as many as the server takes. */
  static final int CHANGES_MAX = 1000;

  /** Does what is wanted, and completes when each wish has its outcome. */
  interface Granting {
    CompletableFuture<Void> grant(GroupId group, List<Wish> wishes);
  }

  private final DeviceLoop loop;
  private final Granting granting;
  private final Map<GroupId, Line> lines = new HashMap<>();

  WishQueue(DeviceLoop loop, Granting granting) {
    this.loop = loop;
    this.granting = granting;
  }

  /** Answers the wish's outcome. */
  CompletableFuture<Long> ask(GroupId group, Wish wish) {
    return loop.start(() -> add(group, wish));
  }

  private CompletableFuture<Long> add(GroupId group, Wish wish) {
    Line line = lines.computeIfAbsent(group, id -> new Line());
    if (line.waiting.size() >= WAITING_MAX) {
      return CompletableFuture.failedFuture(new ServerRefusal(Reason.OVERLOADED));
    }
    line.waiting.add(wish);
    if (wish.isUrgent()) {
      // Later, so that what is called in one go goes together.
      loop.post(() -> begin(group));
    } else if (!line.scheduled) {
      line.scheduled = true;
      loop.schedule(WINDOW, () -> {
        line.scheduled = false;
        begin(group);
      });
    }
    return wish.outcome();
  }

  private void begin(GroupId group) {
    Line line = lines.get(group);
    if (line == null || line.busy || line.waiting.isEmpty()) {
      return;
    }
    line.busy = true;
    var unused = granting
        .grant(group, line.next())
        .whenCompleteAsync(
            (done, failure) -> {
              line.busy = false;
              if (line.waiting.isEmpty()) {
                lines.remove(group, line);
              } else {
                begin(group);
              }
            },
            loop);
  }

  /** The wishes of one group. */
  private static final class Line {

    private final Deque<Wish> waiting = new ArrayDeque<>();
    private boolean scheduled;
    private boolean busy;

    /** Those that one commit can grant: each member in one change, the others later, in order. */
    private List<Wish> next() {
      List<Wish> next = new ArrayList<>();
      List<Wish> later = new ArrayList<>();
      Set<MemberId> changed = new HashSet<>();
      for (Wish wish : waiting) {
        boolean fits = wish.change()
            .map(change -> changed.add(change.member()) && changed.size() <= CHANGES_MAX)
            .orElse(true);
        (fits ? next : later).add(wish);
      }
      waiting.clear();
      waiting.addAll(later);
      return next;
    }
  }
}
