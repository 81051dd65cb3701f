package io.karst.audit;

import io.karst.proof.entry.EntryKind;
import java.time.Instant;

/**
 * One entry of a log, for people.
 *
 * @param epoch the one current once the entry was written; of an envelope, its own
 * @param who {@code member/device}; {@code server} when the server caused the entry by itself
 * @param what happened, in a few words
 */
public record Row(long offset, Instant at, long epoch, EntryKind kind, String who, String what) {

  /** The kind as it is printed: {@code member-added}. */
  public String kindName() {
    return Names.of(kind);
  }
}
