package io.karst.edge.delivery;

import io.karst.actors.group.GroupView;
import io.karst.actors.journal.GroupJournal;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.epoch.EpochStart;
import io.karst.edge.owner.OwnerLogs;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Frontier;
import io.karst.wire.v1.SubscribeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Works out where a subscription begins and what its reader must know there.
 *
 * <p>A reader that begins in the middle of an epoch is given the sessions that were opened before;
 * in the epochs that still take envelopes the group knows them, in older ones they are looked up in
 * the log. Thread-safe.
 */
public final class Opener {

  /** Bytes read at a time. */
  private static final int SCAN_BYTES = 256 << 10;

  private final GroupJournal journal;
  private final EpochRecords epochs;
  private final OwnerLogs owners;

  public Opener(GroupJournal journal, EpochRecords epochs, OwnerLogs owners) {
    this.journal = journal;
    this.owners = owners;
    this.epochs = epochs;
  }

  public CompletionStage<Opening> open(
      GroupId group, DeviceAddress reader, SubscribeGroup request) {
    return ready(group, reader)
        .thenCompose(ready -> epochs.view(group, reader))
        .thenCompose(view -> StartPosition.of(request, view, journal, epochs)
            .thenCompose(position -> frontier(view, position, request)
                .thenCompose(frontier -> open(view, position, frontier, reader))));
  }

  /** A device that reads the log of its member's own devices opens it, if it is not open. */
  private CompletionStage<Boolean> ready(GroupId group, DeviceAddress reader) {
    return OwnerLogs.isOwn(group, reader)
        ? owners.catchUp(reader).thenApply(list -> true)
        : CompletableFuture.completedStage(true);
  }

  /** The group as it is now, for somebody who may have left it. */
  public CompletionStage<GroupView> view(GroupId group, DeviceAddress reader) {
    return epochs.view(group, reader);
  }

  private CompletionStage<Optional<Frontier>> frontier(
      GroupView view, StartPosition position, SubscribeGroup request) {
    return request.getFrontier()
        ? journal.frontier(view.group(), position.offset())
        : CompletableFuture.completedStage(Optional.empty());
  }

  private CompletionStage<Opening> open(
      GroupView view, StartPosition position, Optional<Frontier> frontier, DeviceAddress reader) {
    return starts(view.group(), position.epoch()).thenCompose(starts -> {
      List<EpochStart> told = starts.stream()
          .filter(start -> start.members().contains(reader.member()))
          .filter(start -> accepts(start, starts, view, position))
          .toList();
      return sessions(view, position, told)
          .thenApply(sessions -> new Opening(
              position.offset(),
              position.head(),
              frontier,
              visibility(starts, reader, view),
              view,
              told.stream().map(s -> s.record(reader, sessions)).toList()));
    });
  }

  /** The epoch and the one before it, ascending; fewer at the beginning. */
  private CompletionStage<List<EpochStart>> starts(GroupId group, long epoch) {
    if (epoch == 0) {
      return CompletableFuture.completedStage(List.of());
    }
    CompletionStage<EpochStart> newest = epochs.start(group, epoch);
    return epoch == 1
        ? newest.thenApply(List::of)
        : epochs.start(group, epoch - 1).thenCombine(newest, List::of);
  }

  private static Visibility visibility(
      List<EpochStart> starts, DeviceAddress reader, GroupView view) {
    long given = view.readsFrom().getOrDefault(reader.member(), Visibility.NOTHING);
    if (starts.isEmpty()) {
      return new Visibility(0, false, false, given);
    }
    EpochStart newest = starts.get(starts.size() - 1);
    boolean previous = starts.size() > 1 && starts.get(0).members().contains(reader.member());
    return new Visibility(
        newest.number(), newest.members().contains(reader.member()), previous, given);
  }

  /**
   * Whether envelopes of the epoch may follow the position: its own, or in grace those of the epoch
   * before.
   */
  private static boolean accepts(
      EpochStart start, List<EpochStart> starts, GroupView view, StartPosition position) {
    if (start.number() == position.epoch()) {
      return true;
    }
    if (position.epoch() == view.epoch()) {
      return start.number() == view.graceEpoch();
    }
    EpochStart newest = starts.get(starts.size() - 1);
    return !position.at().isAfter(newest.at().plus(view.policy().grace()));
  }

  private CompletionStage<List<SessionBinding>> sessions(
      GroupView view, StartPosition position, List<EpochStart> told) {
    boolean known =
        told.stream().allMatch(s -> s.number() == view.epoch() || s.number() == view.graceEpoch());
    return known
        ? CompletableFuture.completedStage(view.openSessions())
        : scan(view.group(), told.get(0).offset(), position.offset(), new ArrayList<>());
  }

  private CompletionStage<List<SessionBinding>> scan(
      GroupId group, long from, long to, List<SessionBinding> found) {
    if (from >= to) {
      return CompletableFuture.completedStage(found);
    }
    return journal.readFrom(group, from, SCAN_BYTES).thenCompose(records -> {
      for (StoredRecord record : records) {
        if (record.firstOffset() < to
            && record.event() instanceof GroupEvent.SessionOpened opened) {
          found.add(opened.binding());
        }
      }
      long next = records.isEmpty() ? to : records.get(records.size() - 1).nextOffset();
      return scan(group, next, to, found);
    });
  }
}
