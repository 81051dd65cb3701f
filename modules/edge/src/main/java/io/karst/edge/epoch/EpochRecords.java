package io.karst.edge.epoch;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.karst.actors.group.GroupView;
import io.karst.actors.group.Groups;
import io.karst.actors.group.ViewReply;
import io.karst.actors.journal.GroupJournal;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.EpochRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Finds the entries that started epochs.
 *
 * <p>They never change, and after a commit every device of the group asks for the same one: those
 * asked for last are kept. Thread-safe.
 */
public final class EpochRecords {

  /**
   * Roster entries whose epochs are kept, some 800 bytes each with their sealed keys: 80 MB at
   * most.
   */
  private static final long ROSTER_ENTRIES_MAX = 100_000;

  private final Groups groups;
  private final GroupJournal journal;
  private final AsyncCache<Key, EpochStart> kept;

  public EpochRecords(Groups groups, GroupJournal journal) {
    this.groups = groups;
    this.journal = journal;
    Executor sameThread = Runnable::run;
    this.kept = Caffeine.newBuilder()
        .maximumWeight(ROSTER_ENTRIES_MAX)
        .weigher((Key key, EpochStart start) -> start.sealedKeys().size() + 1)
        .executor(sameThread)
        .buildAsync();
  }

  private record Key(GroupId group, long epoch) {}

  /**
   * A group as the device's member may see it; fails with {@code GROUP_NOT_FOUND} for outsiders.
   */
  public CompletionStage<GroupView> view(GroupId group, DeviceAddress by) {
    return groups
        .view(group, by)
        .thenApply(reply -> reply.match(new ViewReply.Cases<>() {
          @Override
          public GroupView seen(ViewReply.Seen seen) {
            return seen.view();
          }

          @Override
          public GroupView refused(ViewReply.Refused refused) {
            throw new RefusedException(refused.reason());
          }
        }));
  }

  /** The record of the current epoch for this device. */
  public CompletionStage<EpochRecord> current(GroupId group, DeviceAddress by) {
    return view(group, by)
        .thenCompose(view ->
            start(group, view.epoch()).thenApply(start -> start.record(by, view.openSessions())));
  }

  /** The entry that started an epoch; fails with {@code EPOCH_UNKNOWN} when there is none. */
  public CompletionStage<EpochStart> start(GroupId group, long epoch) {
    return kept.get(new Key(group, epoch), (key, executor) -> load(key));
  }

  private CompletableFuture<EpochStart> load(Key key) {
    return starts(key.group(), key.epoch(), key.epoch())
        .thenApply(starts -> starts.stream()
            .findFirst()
            .orElseThrow(() -> new RefusedException(Reason.EPOCH_UNKNOWN)))
        .toCompletableFuture();
  }

  /** The entries that started these epochs, ascending; read anew. */
  CompletionStage<List<EpochStart>> starts(GroupId group, long from, long to) {
    return journal
        .epochs(group, from, to)
        .thenApply(records -> records.stream().map(EpochStart::of).toList());
  }
}
