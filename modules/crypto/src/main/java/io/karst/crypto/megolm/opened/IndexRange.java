package io.karst.crypto.megolm.opened;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Message indices that follow one another, 0 to 2^32 - 1.
 *
 * @param to the last one, included
 */
public record IndexRange(long from, long to) {

  private static final long INDEX_MAX = 0xffff_ffffL;

  public IndexRange {
    if (from < 0 || to < from || to > INDEX_MAX) {
      throw new IllegalArgumentException("no range of message indices");
    }
  }

  /** The ranges that the indices make up, which ascend. */
  public static List<IndexRange> of(Collection<Long> indexes) {
    List<IndexRange> ranges = new ArrayList<>();
    indexes.forEach(index -> add(ranges, index, index));
    return List.copyOf(ranges);
  }

  /** Adds a range after the others, or none if it is empty; those that touch become one. */
  static void add(List<IndexRange> ranges, long from, long to) {
    if (from > to) {
      return;
    }
    boolean touches = !ranges.isEmpty() && ranges.get(ranges.size() - 1).to() == from - 1;
    long begin = touches ? ranges.remove(ranges.size() - 1).from() : from;
    ranges.add(new IndexRange(begin, to));
  }

  /** How many indices these are. */
  public long count() {
    return to - from + 1;
  }

  public boolean contains(long index) {
    return index >= from && index <= to;
  }
}
