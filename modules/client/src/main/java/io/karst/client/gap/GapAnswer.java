package io.karst.client.gap;

import io.karst.client.store.gap.Gap;
import io.karst.client.wire.LogItem;
import java.util.List;

/**
 * What the server says of a gap. Nothing of it is verified yet.
 *
 * @param items envelopes of the gap's session and indices
 * @param whole whether the server has no more to say
 */
public record GapAnswer(Gap gap, List<LogItem> items, boolean whole) {

  public GapAnswer {
    items = List.copyOf(items);
  }
}
