package io.karst.journal.log;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SealedKeys;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.group.GroupEvent.SealedKeysStaged;
import io.karst.proof.entry.EntryLeaves;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The start of an epoch whose sealed keys are too many for one record: they are written before it,
 * part by part, and count from the moment at which the epoch starts.
 *
 * @param keys where the event that starts the epoch says that they are
 * @param parts in the order in which they are to be written
 */
public record StagedStart(SealedKeys.Staged keys, List<SealedKeysStaged> parts) {

  public StagedStart {
    parts = List.copyOf(parts);
  }

  /**
   * How to write these events of one decision; empty when each fits into a record as it is.
   *
   * @param size of the log now
   */
  public static Optional<StagedStart> of(List<GroupEvent> events, long size) {
    return events.stream()
        .filter(EpochStarted.class::isInstance)
        .map(EpochStarted.class::cast)
        .filter(started -> started.sealedKeys().size() > SealedKeysStaged.KEYS_MAX)
        .findFirst()
        .map(started -> of(started, size));
  }

  private static StagedStart of(EpochStarted started, long size) {
    Bytes hash = EntryLeaves.sealedKeysHash(started.keys());
    return new StagedStart(new SealedKeys.Staged(hash, size), parts(started));
  }

  private static List<SealedKeysStaged> parts(EpochStarted started) {
    List<SealedKey> keys = started.sealedKeys();
    Bytes manifest = started.manifest().hash();
    Instant at = started.at();
    var parts = new ArrayList<SealedKeysStaged>();
    for (int first = 0; first < keys.size(); first += SealedKeysStaged.KEYS_MAX) {
      int end = Math.min(keys.size(), first + SealedKeysStaged.KEYS_MAX);
      var texts = keys.subList(first, end).stream().map(SealedKey::text).toList();
      parts.add(new SealedKeysStaged(manifest, first, texts, at));
    }
    return parts;
  }

  /** The events of the decision once the parts are written: the epoch's start without its keys. */
  public List<GroupEvent> without(List<GroupEvent> events) {
    return events.stream().map(this::without).toList();
  }

  private GroupEvent without(GroupEvent event) {
    return event instanceof EpochStarted started
        ? new EpochStarted(started.manifest(), keys, started.at())
        : event;
  }
}
