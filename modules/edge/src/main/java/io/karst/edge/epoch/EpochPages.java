package io.karst.edge.epoch;

import com.google.protobuf.Message;
import io.karst.actors.journal.GroupJournal;
import io.karst.domain.id.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads ranges of epochs into answers of bounded size. */
public final class EpochPages {

  /** Far below what clients take, since the last epoch may be as large again. */
  static final int BYTES_MAX = 1 << 20;

  /** Read at a time: an epoch of 1,000 devices has a megabyte. */
  private static final int CHUNK = 8;

  private final EpochRecords epochs;

  public EpochPages(EpochRecords epochs) {
    this.epochs = epochs;
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
    private long bytes;

    Reading(GroupId group, long last, Function<EpochStart, Optional<M>> item) {
      this.group = group;
      this.last = last;
      this.item = item;
    }

    CompletionStage<Page<M>> from(long epoch) {
      long to = Math.min(last, epoch + CHUNK - 1);
      return epochs.starts(group, epoch, to).thenCompose(starts -> after(epoch, starts));
    }

    private CompletionStage<Page<M>> after(long epoch, List<EpochStart> starts) {
      long next = epoch;
      for (EpochStart start : starts) {
        item.apply(start).ifPresent(this::add);
        next = start.number() + 1;
        if (bytes >= BYTES_MAX) {
          break;
        }
      }
      boolean done = next > last || bytes >= BYTES_MAX || starts.isEmpty();
      return done ? CompletableFuture.completedStage(new Page<>(items, next - 1)) : from(next);
    }

    private void add(M message) {
      items.add(message);
      bytes += message.getSerializedSize();
    }
  }
}
