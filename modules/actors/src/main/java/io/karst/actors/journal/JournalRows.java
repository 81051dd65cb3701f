package io.karst.actors.journal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The rows of the journal, by who wrote them and by number. Thread-safe. */
public interface JournalRows {

  /** The row with this sequence number, if it is there yet. */
  CompletionStage<Optional<JournalRow>> at(String persistenceId, long sequenceNumber);

  /**
   * The rows from this sequence number on, in order, until they have {@code bytesMax} bytes or the
   * journal ends; one at least, if it is there.
   */
  CompletionStage<List<JournalRow>> from(String persistenceId, long sequenceNumber, long bytesMax);
}
