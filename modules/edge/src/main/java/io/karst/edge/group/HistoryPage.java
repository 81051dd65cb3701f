package io.karst.edge.group;

import io.karst.actors.group.GroupView;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.MemberId;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.message.EntryMapping;
import io.karst.journal.log.StoredRecord;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.ReadHistoryResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A part of a log that is read once more.
 *
 * @param from offset of the first entry that was asked for
 */
record HistoryPage(GroupView view, long from, List<StoredRecord> records) {

  HistoryPage {
    records = List.copyOf(records);
  }

  /** As a member may see it: envelopes of epochs that it was in or was given, leaves of others. */
  CompletionStage<ReadHistoryResponse> readableBy(MemberId member, EpochRecords epochs) {
    Set<Long> readable = ConcurrentHashMap.newKeySet();
    CompletableFuture<?>[] lookups = spokenIn().stream()
        .map(epoch -> isGiven(member, epoch)
            ? CompletableFuture.completedFuture(readable.add(epoch))
            : epochs
                .start(view.group(), epoch)
                .thenApply(start -> start.members().contains(member) && readable.add(epoch))
                .toCompletableFuture())
        .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(lookups).thenApply(done -> response(readable));
  }

  private boolean isGiven(MemberId member, long epoch) {
    return epoch >= view.readsFrom().getOrDefault(member, Long.MAX_VALUE);
  }

  private Set<Long> spokenIn() {
    return records.stream()
        .map(StoredRecord::event)
        .filter(GroupEvent.EnvelopesAppended.class::isInstance)
        .flatMap(event -> ((GroupEvent.EnvelopesAppended) event).envelopes().stream())
        .map(Envelope::epoch)
        .collect(Collectors.toSet());
  }

  private ReadHistoryResponse response(Set<Long> readable) {
    var response =
        ReadHistoryResponse.newBuilder().setNextOffset(from).setSize(view.head().size());
    for (StoredRecord record : records) {
      List<LogEntry> entries = EntryMapping.entries(record);
      List<LogEntry> shown = record.event() instanceof GroupEvent.EnvelopesAppended
          ? EntryMapping.hidden(view.group(), record, entries, readable::contains)
          : entries;
      shown.stream().filter(entry -> entry.getOffset() >= from).forEach(response::addEntries);
      response.setNextOffset(Math.max(from, record.nextOffset()));
    }
    return response.build();
  }
}
