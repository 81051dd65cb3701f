package io.karst.actors.feed;

import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.journal.log.StoredRecord;

/** Roughly how many bytes a record takes in memory, so that rings can be bounded. */
final class RecordWeight {

  private static final int ENTRY = 256;
  private static final int ROSTER_DEVICE = 700;

  private RecordWeight() {}

  static long of(StoredRecord record) {
    GroupEvent event = record.event();
    if (event instanceof GroupEvent.EnvelopesAppended appended) {
      long ciphertext = appended.envelopes().stream()
          .map(Envelope::ciphertext)
          .mapToLong(c -> c.length())
          .sum();
      return ciphertext + (long) ENTRY * appended.entries();
    }
    if (event instanceof GroupEvent.EpochStarted started) {
      return ENTRY + (long) ROSTER_DEVICE * started.sealedKeys().size();
    }
    if (event instanceof GroupEvent.HistoryShared shared) {
      return (long) ENTRY + shared.share().olmMessage().length();
    }
    return ENTRY;
  }
}
