package io.karst.client.channel;

import io.karst.client.gap.GapAnswer;
import io.karst.client.wire.Entry;
import io.karst.client.wire.EpochNews;
import io.karst.client.wire.LogItem;
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
record LogStep(Kind kind, List<EpochNews> epochs, int bytes) {

  LogStep {
    epochs = List.copyOf(epochs);
  }

  /** What the step is. */
  sealed interface Kind {}

  /** An entry. */
  record Item(LogItem item) implements Kind {}

  /** Everything that was in the log has been read. */
  record CaughtUp(Head head) implements Kind {}

  /** The server's answer about messages that did not come. */
  record Filled(GapAnswer answer) implements Kind {}

  /** Nothing to be read. */
  enum Mark implements Kind {
    /** A subscription has begun. */
    STARTED,
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

  static LogStep started(List<EpochNews> epochs) {
    return new LogStep(Mark.STARTED, epochs, 0);
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

  /** The entry, if it is one. */
  Optional<LogItem> item() {
    return kind instanceof Item step ? Optional.of(step.item()) : Optional.empty();
  }
}
