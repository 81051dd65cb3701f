package io.karst.edge.epoch;

import com.google.protobuf.Message;
import io.karst.actors.journal.GroupJournal;
import io.karst.domain.id.GroupId;
import io.karst.edge.call.AnswerRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads ranges of epochs into answers of bounded size. */
public final class EpochPages {

  /** Read at a time: an epoch of 1,000 devices has a megabyte. */
  private static final int CHUNK = 8;

  /** Where the entries that started epochs are found, ascending. */
  interface Starts {
    CompletionStage<List<EpochStart>> read(GroupId group, long from, long to);
  }

  private final Starts starts;

  public EpochPages(EpochRecords epochs) {
    this(epochs::starts);
  }

  EpochPages(Starts starts) {
    this.starts = starts;
  }

  /**
   * The first part of a range.
   *
   * @param last the last epoch that was looked at
   */
  public record Page<M>(List<M> items, long last) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /** Reads from the first epoch on, at least one, as far as an answer goes. */
  public <M extends Message> CompletionStage<Page<M>> read(
      GroupId group, long from, long to, Function<EpochStart, Optional<M>> item) {
    long last = Math.min(to, from + GroupJournal.EPOCHS_MAX - 1);
    return new Reading<>(group, last, item).from(from);
  }

  /**
   * One range being read. Its steps follow one another, each on the thread that completes the one
   * before.
   */
  private final class Reading<M extends Message> {

    private final GroupId group;
    private final long last;
    private final Function<EpochStart, Optional<M>> item;
    private final List<M> items = new ArrayList<>();
    private final AnswerRoom room = new AnswerRoom();

    Reading(GroupId group, long last, Function<EpochStart, Optional<M>> item) {
      this.group = group;
      this.last = last;
      this.item = item;
    }

    CompletionStage<Page<M>> from(long epoch) {
      long to = Math.min(last, epoch + CHUNK - 1);
      return starts.read(group, epoch, to).thenCompose(found -> after(epoch, found));
    }

    private CompletionStage<Page<M>> after(long epoch, List<EpochStart> found) {
      long next = epoch;
      for (EpochStart start : found) {
        Optional<M> told = item.apply(start);
        if (told.isPresent() && !room.take(told.get())) {
          return page(next - 1);
        }
        told.ifPresent(items::add);
        next = start.number() + 1;
      }
      return next > last || found.isEmpty() ? page(next - 1) : from(next);
    }

    private CompletionStage<Page<M>> page(long lookedAt) {
      return CompletableFuture.completedStage(new Page<>(items, lookedAt));
    }
  }
}
