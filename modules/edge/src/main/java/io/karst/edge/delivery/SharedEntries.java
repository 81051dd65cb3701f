package io.karst.edge.delivery;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.karst.edge.message.EntryMapping;
import io.karst.journal.log.StoredRecord;
import io.karst.wire.v1.LogEntry;
import java.util.List;

/**
 * The newest records as messages, made once for all readers of a node.
 *
 * <p>A feed hands the same record to each of its readers, so records are told apart by identity.
 * Thread-safe.
 */
final class SharedEntries {

  /** Bytes of messages: the newest rows of some hundred busy groups. */
  private static final long BYTES_MAX = 32 << 20;

  private final LoadingCache<StoredRecord, List<LogEntry>> entries = Caffeine.newBuilder()
      .weakKeys()
      .maximumWeight(BYTES_MAX)
      .weigher((StoredRecord record, List<LogEntry> made) -> weight(made))
      .executor(Runnable::run)
      .build(EntryMapping::entries);

  List<LogEntry> of(StoredRecord record) {
    return entries.get(record);
  }

  private static int weight(List<LogEntry> entries) {
    return entries.stream().mapToInt(LogEntry::getSerializedSize).sum();
  }
}
