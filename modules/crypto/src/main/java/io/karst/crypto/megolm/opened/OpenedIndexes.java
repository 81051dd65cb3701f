package io.karst.crypto.megolm.opened;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.LateMessageException;
import io.karst.crypto.error.ReplayedMessageException;
import java.util.ArrayList;
import java.util.List;

/**
 * The record of which messages of a session were opened: everything up to the newest one, except
 * for its gaps.
 *
 * <p>Gaps rather than a window of bits, because a history is also read from its end backwards: that
 * is one gap which shrinks, however long it is. When there are more than {@value #GAPS_MAX}, the
 * oldest is given up, and nothing before its end is told apart any more: such messages are refused,
 * since a replay that is let through cannot be taken back. So whatever the order, at least the
 * newest {@value #GAPS_MAX} indices are told apart. Immutable.
 */
public final class OpenedIndexes {

  /** 16 bytes each where a session is stored. A session that loses more has lost its network. */
  public static final int GAPS_MAX = 128;

  private final long start;
  private final long toldFrom;
  private final long next;
  private final List<IndexRange> gaps;

  private OpenedIndexes(long start, long toldFrom, long next, List<IndexRange> gaps) {
    this.start = start;
    this.toldFrom = toldFrom;
    this.next = next;
    this.gaps = gaps;
  }

  /** Nothing was opened, of a session that can be read from {@code start} on, 0 to 2^32. */
  public static OpenedIndexes from(long start) {
    return of(start, start, start, List.of());
  }

  /**
   * A record as it was stored.
   *
   * @param start the first index that could be opened when the record began
   * @param toldFrom no less than {@code start}; nothing before it is told apart
   * @param next one more than the newest index that was opened, {@code toldFrom} at least; 2^32 at
   *     most
   * @param gaps ascending, between {@code toldFrom} and {@code next - 1}, with something opened
   *     after each, {@value #GAPS_MAX} at most
   */
  public static OpenedIndexes of(long start, long toldFrom, long next, List<IndexRange> gaps) {
    if (start < 0 || toldFrom < start || next < toldFrom || next > 1L << Integer.SIZE) {
      throw new IllegalArgumentException("a record goes from its start to its next index");
    }
    if (next > start && next == toldFrom) {
      throw new IllegalArgumentException("the newest index that was opened is told");
    }
    if (gaps.size() > GAPS_MAX) {
      throw new IllegalArgumentException("at most " + GAPS_MAX + " gaps are kept");
    }
    long free = toldFrom;
    for (IndexRange gap : gaps) {
      if (gap.from() < free || gap.to() >= next - 1) {
        throw new IllegalArgumentException("gaps ascend and end before what was opened");
      }
      free = gap.to() + 2;
    }
    return new OpenedIndexes(start, toldFrom, next, List.copyOf(gaps));
  }

  /**
   * Returns normally if no message of this index was opened.
   *
   * @throws ReplayedMessageException if one was
   * @throws LateMessageException if that is not known any more
   */
  public void requireNew(long index) throws DecryptionException {
    if (index >= next) {
      return;
    }
    if (index < toldFrom) {
      throw new LateMessageException(toldFrom, index);
    }
    if (gapAt(index) < 0) {
      throw new ReplayedMessageException(index);
    }
  }

  /** Whether a message of this index is known to have been opened. */
  public boolean contains(long index) {
    return index >= toldFrom && index < next && gapAt(index) < 0;
  }

  /** The record once a message of this index was opened too. */
  public OpenedIndexes with(long index) {
    if (index == next) {
      return new OpenedIndexes(start, toldFrom, next + 1, gaps);
    }
    if (index > next) {
      List<IndexRange> more = new ArrayList<>(gaps);
      more.add(new IndexRange(next, index - 1));
      return bounded(start, toldFrom, index + 1, more);
    }
    int at = gapAt(index);
    return at < 0 ? this : bounded(start, toldFrom, next, split(at, index));
  }

  private List<IndexRange> split(int at, long index) {
    IndexRange gap = gaps.get(at);
    List<IndexRange> left = new ArrayList<>(gaps.subList(0, at));
    if (gap.from() < index) {
      left.add(new IndexRange(gap.from(), index - 1));
    }
    if (index < gap.to()) {
      left.add(new IndexRange(index + 1, gap.to()));
    }
    left.addAll(gaps.subList(at + 1, gaps.size()));
    return left;
  }

  /** What either opened, of two records of one session; what either does not tell, is not told. */
  public OpenedIndexes union(OpenedIndexes other) {
    long earlier = Math.min(start, other.start);
    long told = Math.max(earlier, Math.max(givenUpBefore(), other.givenUpBefore()));
    long end = Math.max(isEmpty() ? 0 : next, other.isEmpty() ? 0 : other.next);
    if (end == 0) {
      return from(earlier);
    }
    List<IndexRange> both = new ArrayList<>();
    for (IndexRange mine : unopened(told, end)) {
      for (IndexRange theirs : other.unopened(told, end)) {
        long from = Math.max(mine.from(), theirs.from());
        long to = Math.min(mine.to(), theirs.to());
        if (from <= to) {
          both.add(new IndexRange(from, to));
        }
      }
    }
    return bounded(earlier, told, end, both);
  }

  private long givenUpBefore() {
    return toldFrom > start ? toldFrom : 0;
  }

  /**
   * What was not opened from one index to before another, which is no less than {@code next}; also
   * outside what is recorded.
   */
  private List<IndexRange> unopened(long from, long end) {
    List<IndexRange> ranges = new ArrayList<>();
    if (isEmpty()) {
      IndexRange.add(ranges, from, end - 1);
      return ranges;
    }
    IndexRange.add(ranges, from, Math.min(start, end) - 1);
    gaps.forEach(gap -> IndexRange.add(ranges, Math.max(from, gap.from()), gap.to()));
    IndexRange.add(ranges, Math.max(from, next), end - 1);
    return ranges;
  }

  /** Gives the oldest gaps up until there are few enough. */
  private static OpenedIndexes bounded(
      long start, long toldFrom, long next, List<IndexRange> gaps) {
    int surplus = Math.max(0, gaps.size() - GAPS_MAX);
    long told = surplus == 0 ? toldFrom : gaps.get(surplus - 1).to() + 1;
    return new OpenedIndexes(start, told, next, List.copyOf(gaps.subList(surplus, gaps.size())));
  }

  /** Where the gap is that holds an index, -1 if none does. */
  private int gapAt(long index) {
    int low = 0;
    int high = gaps.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (gaps.get(middle).to() < index) {
        low = middle + 1;
      } else if (gaps.get(middle).from() > index) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -1;
  }

  private boolean isEmpty() {
    return next == start;
  }

  /** What did not come though later messages did, from an index on; ascending. */
  public List<IndexRange> missingFrom(long index) {
    List<IndexRange> missing = new ArrayList<>();
    gaps.forEach(gap -> IndexRange.add(missing, Math.max(index, gap.from()), gap.to()));
    return missing;
  }

  /** The first index that could be opened when the record began. */
  public long start() {
    return start;
  }

  /** Nothing before this index is told apart. */
  public long toldFrom() {
    return toldFrom;
  }

  /** One more than the newest index that was opened; the start before any was. */
  public long next() {
    return next;
  }

  /** All that did not come though later messages did, ascending. */
  public List<IndexRange> gaps() {
    return gaps;
  }

  @Override
  public String toString() {
    return "OpenedIndexes(before " + next + ", " + gaps.size() + " gaps)";
  }
}
