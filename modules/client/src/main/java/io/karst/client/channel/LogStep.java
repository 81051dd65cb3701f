package io.karst.client.channel;

import io.karst.client.gap.GapAnswer;
import io.karst.client.wire.Entry;
import io.karst.client.wire.EpochNews;
import io.karst.client.wire.LogItem;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import java.util.List;
import java.util.Optional;

/**
 * One step of reading: an entry, or the news that everything so far was read, what became of a gap,
 * or that nothing has come for a while.
 *
 * @param epochs to be installed before the step is taken
 * @param bytes how much memory it takes, roughly
 */
public record LogStep(Kind kind, List<EpochNews> epochs, int bytes) {

  public LogStep {
    epochs = List.copyOf(epochs);
  }

  /** What the step is. */
  public sealed interface Kind {}

  /** An entry. */
  public record Item(LogItem item) implements Kind {}

  /** Everything that was in the log has been read. */
  public record CaughtUp(Head head) implements Kind {}

  /** The server's answer about messages that did not come. */
  public record Filled(GapAnswer answer) implements Kind {}

  /** A subscription has begun, and maybe the tree was told over all entries before the next one. */
  public record Started(Optional<Frontier> tree) implements Kind {}

  /** Nothing to be read. */
  public enum Mark implements Kind {
    /** Everything was read, and nothing has come for a while. */
    QUIET
  }

  static LogStep entry(LogItem item, int bytes) {
    List<EpochNews> epochs =
        item.entry() instanceof Entry.EpochStarted started ? List.of(started.news()) : List.of();
    return new LogStep(new Item(item), epochs, bytes);
  }

  static LogStep caughtUp(Head head) {
    return new LogStep(new CaughtUp(head), List.of(), 0);
  }

  static LogStep started(EntrySink.Start start) {
    return new LogStep(new Started(start.tree()), start.epochs(), 0);
  }

  static LogStep filled(GapAnswer answer) {
    int bytes = answer.items().stream()
        .mapToInt(item -> ((Entry.Spoken) item.entry()).envelope().ciphertext().length())
        .sum();
    return new LogStep(new Filled(answer), List.of(), bytes);
  }

  static LogStep quiet() {
    return new LogStep(Mark.QUIET, List.of(), 0);
  }

  /** The head of all that was read, if the step says so. */
  public Optional<Head> reached() {
    return kind instanceof CaughtUp step ? Optional.of(step.head()) : Optional.empty();
  }

  /** The entry, if it is one. */
  public Optional<LogItem> item() {
    return kind instanceof Item step ? Optional.of(step.item()) : Optional.empty();
  }
}
