package io.karst.client.history;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.HistoryPage;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.memory.Unsealed;
import io.karst.client.verification.HeardStep;
import io.karst.client.wire.Entry;
import io.karst.client.wire.EntryWire;
import io.karst.client.work.DeviceContext;
import io.karst.domain.id.GroupId;
import io.karst.proof.signature.SessionBindings;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.ReadHistoryRequest;
import io.karst.wire.v1.ReadHistoryResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads parts of logs once more. Used on the device's thread. */
final class HistoryReader {

  private final DeviceContext context;
  private final EpochWatcher watcher;
  private final PastEpochs past;
  private final SessionBindings bindings;

  HistoryReader(DeviceContext context, EpochWatcher watcher) {
    this.context = context;
    this.watcher = watcher;
    this.past = new PastEpochs(context, watcher);
    this.bindings = new SessionBindings(context.signatures());
  }

  CompletableFuture<HistoryPage> read(GroupId group, ReadHistoryRequest request) {
    return context
        .calls()
        .call(GroupServiceGrpc.getReadHistoryMethod(), request)
        .thenComposeAsync(response -> read(group, response), context.loop());
  }

  /** Completes when it is known who was in an epoch and in those after it. */
  CompletableFuture<Void> learn(GroupId group, long epoch) {
    return past.learn(group, epoch);
  }

  private CompletableFuture<HistoryPage> read(GroupId group, ReadHistoryResponse response) {
    long first = response.getEntriesList().stream()
        .mapToLong(LogEntry::getEpoch)
        .filter(epoch -> epoch > 0)
        .min()
        .orElse(Long.MAX_VALUE);
    return past.learn(group, first)
        .thenApplyAsync(learned -> told(group, response), context.loop());
  }

  private HistoryPage told(GroupId group, ReadHistoryResponse response) {
    return context.memory().transaction(memory -> {
      List<Entry> entries =
          response.getEntriesList().stream().map(EntryWire::entry).toList();
      entries.forEach(entry -> orphan(memory, group, entry));
      var run = new HistoryRun(memory, group, context.self(), bindings, watcher);
      List<ChannelEvent> events =
          run.read(entries).stream().filter(HistoryReader::isTold).toList();
      run.save();
      return new HistoryPage(events, response.getNextOffset(), response.getSize());
    });
  }

  /** What was said in epochs that are given up later says so. */
  private static void orphan(Unsealed memory, GroupId group, Entry entry) {
    if (entry instanceof Entry.Notice notice
        && notice.event() instanceof ChannelEvent.EpochsOrphaned reset) {
      memory.tables().epochs().orphan(group, reset.epochs());
    }
  }

  /** Steps of verifications are no messages. */
  private static boolean isTold(ChannelEvent event) {
    return !(event instanceof ChannelEvent.Message message && HeardStep.isStep(message.content()));
  }
}
