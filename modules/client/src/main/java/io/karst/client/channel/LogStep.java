package io.karst.client.channel;

import io.karst.client.wire.Entry;
import io.karst.client.wire.EpochNews;
import io.karst.client.wire.LogItem;
import io.karst.proof.merkle.Head;
import java.util.List;
import java.util.Optional;

/**
 * One step of reading: an entry, or the news that everything so far was read.
 *
 * @param epochs to be installed before the step is taken
 * @param bytes how much memory it takes, roughly
 */
record LogStep(Optional<LogItem> item, Optional<Head> caughtUp, List<EpochNews> epochs, int bytes) {

  LogStep {
    epochs = List.copyOf(epochs);
  }

  static LogStep entry(LogItem item, int bytes) {
    List<EpochNews> epochs =
        item.entry() instanceof Entry.EpochStarted started ? List.of(started.news()) : List.of();
    return new LogStep(Optional.of(item), Optional.empty(), epochs, bytes);
  }

  static LogStep caughtUp(Head head) {
    return new LogStep(Optional.empty(), Optional.of(head), List.of(), 0);
  }

  static LogStep started(List<EpochNews> epochs) {
    return new LogStep(Optional.empty(), Optional.empty(), epochs, 0);
  }
}
