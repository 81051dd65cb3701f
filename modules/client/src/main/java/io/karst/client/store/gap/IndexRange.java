package io.karst.client.store.gap;

import io.karst.domain.group.Envelope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Message indices of a session that follow one another, 0 to 2^32 - 1.
 *
 * @param to the last one, included
 */
public record IndexRange(long from, long to) {

  public IndexRange {
    if (from < 0 || to < from || to > Envelope.MESSAGE_INDEX_MAX) {
      throw new IllegalArgumentException("no range of message indices");
    }
  }

  /** How many indices these are. */
  public long count() {
    return to - from + 1;
  }

  public boolean contains(long index) {
    return index >= from && index <= to;
  }

  /** What is left without some of the indices, ascending. */
  public List<IndexRange> without(Collection<Long> indices) {
    List<IndexRange> left = new ArrayList<>();
    long next = from;
    for (long index : new TreeSet<>(indices)) {
      if (contains(index)) {
        if (next < index) {
          left.add(new IndexRange(next, index - 1));
        }
        next = index + 1;
      }
    }
    if (next <= to) {
      left.add(new IndexRange(next, to));
    }
    return left;
  }
}
