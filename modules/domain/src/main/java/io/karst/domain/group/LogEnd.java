package io.karst.domain.group;

import java.time.Instant;

/**
 * Where a group's log ends.
 *
 * @param size number of entries, which is the offset of the next one
 * @param at when the newest was accepted
 */
public record LogEnd(long size, Instant at) {

  static final LogEnd EMPTY = new LogEnd(0, Instant.EPOCH);

  /** What is no entry does not move it. */
  LogEnd after(GroupEvent event) {
    return event.entries() == 0 ? this : new LogEnd(size + event.entries(), event.at());
  }
}
