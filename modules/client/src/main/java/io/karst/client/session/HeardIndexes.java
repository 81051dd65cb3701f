package io.karst.client.session;

import io.karst.client.store.gap.IndexRange;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * Which message indexes of a session were read, and which are missing: everything up to the highest
 * that is still in the window.
 *
 * <p>The server takes each index once and none behind a window of the same width; who trusts it
 * with nothing checks again. The same idea as the anti-replay window of RFC 4303, section 3.4.3.
 *
 * <p>The session refuses replays by a record of its own. This is what the session cannot know: the
 * server's window, so that it can be told when a message cannot come any more, and what the log was
 * seen to hold though it cannot be read. It is stored in the open, so that gaps are found without
 * opening a session.
 *
 * @param highest the highest index read, -1 before the first
 * @param read bit {@code i} is set when index {@code highest - i} was read
 * @param passed bit {@code i} is set when index {@code highest - i} was not read and nothing more
 *     is to be done about it: the log shows something that cannot be read, or it is known to be
 *     missing
 */
public record HeardIndexes(long highest, long read, long passed) {

  /** One bit each in a {@code long}. */
  public static final int WIDTH = Long.SIZE;

  /** Nothing was read, of a session that is heard from its first message on. */
  public static final HeardIndexes NONE = new HeardIndexes(-1, 0, 0);

  /** Nothing was read, of a session that began earlier: what came before is not missing. */
  public static final HeardIndexes MIDDLE = new HeardIndexes(-1, 0, -1);

  private static final int ENCODED_LENGTH = 3 * Long.BYTES;

  /** Before it was known what is missing. */
  private static final int OLDER_LENGTH = 2 * Long.BYTES;

  /** Reads what {@link #encode} wrote. Of an older window nothing counts as missing. */
  public static HeardIndexes decode(Bytes encoded) {
    ByteBuffer buffer = ByteBuffer.wrap(encoded.toArray());
    return switch (encoded.length()) {
      case OLDER_LENGTH -> new HeardIndexes(buffer.getLong(), buffer.getLong(), 0).settled();
      case ENCODED_LENGTH -> new HeardIndexes(buffer.getLong(), buffer.getLong(), buffer.getLong());
      default ->
        throw new IllegalArgumentException("an encoded window has " + ENCODED_LENGTH + " bytes");
    };
  }

  /** 24 bytes, big endian. */
  public Bytes encode() {
    return Bytes.copyOf(ByteBuffer.allocate(ENCODED_LENGTH)
        .putLong(highest)
        .putLong(read)
        .putLong(passed)
        .array());
  }

  /** Why an index may not be read. */
  public Optional<UnreadableReason> refusal(long index) {
    if (index > highest) {
      return Optional.empty();
    }
    if (highest - index >= WIDTH) {
      return Optional.of(UnreadableReason.INDEX_TOO_OLD);
    }
    return ((read >>> (highest - index)) & 1) == 0
        ? Optional.empty()
        : Optional.of(UnreadableReason.INDEX_REPLAYED);
  }

  /** The window after an index was read that is not refused. */
  public HeardIndexes with(long index) {
    if (index <= highest) {
      long bit = 1L << (highest - index);
      return new HeardIndexes(highest, read | bit, passed & ~bit);
    }
    if (equals(MIDDLE)) {
      return new HeardIndexes(index, 1, ~1);
    }
    long shift = index - highest;
    return new HeardIndexes(index, shifted(read, shift) | 1, shifted(passed, shift));
  }

  private static long shifted(long bits, long shift) {
    return shift < WIDTH ? bits << shift : 0;
  }

  /** The window after the log showed an index that cannot be read; those above it stay unknown. */
  public HeardIndexes passing(long index) {
    return index > highest || refusal(index).isPresent()
        ? this
        : new HeardIndexes(highest, read, passed | (1L << (highest - index)));
  }

  /** The window in which nothing counts as missing any more. */
  public HeardIndexes settled() {
    return new HeardIndexes(highest, read, ~read);
  }

  /** What was neither read nor passed up to the highest that was read, ascending. */
  public List<IndexRange> missing() {
    return ranges(lowest(), highest, this::isMissing);
  }

  /**
   * What is missing and falls behind the window once this index is read: it cannot come any more in
   * the order of the log. What is missing next to it in the window counts with it.
   */
  public List<IndexRange> leaving(long index) {
    if (equals(MIDDLE)) {
      return List.of();
    }
    long before = index - WIDTH;
    List<IndexRange> leaving = ranges(lowest(), Math.min(highest, before), this::isMissing);
    if (before > highest) {
      long from = leaving.isEmpty() || last(leaving).to() < highest
          ? highest + 1
          : leaving.remove(leaving.size() - 1).from();
      leaving.add(new IndexRange(from, before));
    } else if (!leaving.isEmpty() && last(leaving).to() == before) {
      long end = before;
      while (end < highest && isMissing(end + 1)) {
        end++;
      }
      leaving.add(new IndexRange(leaving.remove(leaving.size() - 1).from(), end));
    }
    return leaving;
  }

  /** The window in which what was lost does not count as missing any more. */
  public HeardIndexes without(List<IndexRange> lost) {
    HeardIndexes left = this;
    for (IndexRange range : lost) {
      for (long index = Math.max(range.from(), lowest());
          index <= Math.min(range.to(), highest);
          index++) {
        left = left.passing(index);
      }
    }
    return left;
  }

  private static IndexRange last(List<IndexRange> ranges) {
    return ranges.get(ranges.size() - 1);
  }

  /** Of an index in the window. */
  private boolean isMissing(long index) {
    return (((read | passed) >>> (highest - index)) & 1) == 0;
  }

  private static List<IndexRange> ranges(long from, long to, LongPredicate holds) {
    List<IndexRange> ranges = new ArrayList<>();
    long index = from;
    while (index <= to) {
      long end = index;
      while (end <= to && holds.test(end)) {
        end++;
      }
      if (end > index) {
        ranges.add(new IndexRange(index, end - 1));
      }
      index = end + 1;
    }
    return ranges;
  }

  /** The indices that may still be read below the highest, missing or not; ascending. */
  public List<Long> unread() {
    return LongStream.rangeClosed(lowest(), highest)
        .filter(index -> ((read >>> (highest - index)) & 1) == 0)
        .boxed()
        .toList();
  }

  /** The lowest index that may still be read. */
  public long lowest() {
    return Math.max(0, highest - WIDTH + 1);
  }
}
