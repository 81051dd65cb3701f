package io.karst.client.api;

import java.util.List;

/**
 * A part of a group's log, read once more with the keys that the device holds by now.
 *
 * @param events in the order of the log; what the device may not see is left out
 * @param nextOffset where the next part begins
 * @param size number of entries in the log
 */
public record HistoryPage(List<ChannelEvent> events, long nextOffset, long size) {

  public HistoryPage {
    events = List.copyOf(events);
  }

  /** Whether the log goes on. */
  public boolean hasMore() {
    return nextOffset < size;
  }
}
