package io.karst.client.session;

import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Which message indexes of a session were read: everything up to the highest that is still in the
 * window.
 *
 * <p>The server takes each index once and none behind a window of the same width; who trusts it
 * with nothing checks again. The same idea as the anti-replay window of RFC 4303, section 3.4.3.
 *
 * @param highest the highest index read, -1 before the first
 * @param read bit {@code i} is set when index {@code highest - i} was read
 */
public record HeardIndexes(long highest, long read) {

  /** One bit each in a {@code long}. */
  public static final int WIDTH = Long.SIZE;

  /** Nothing was read. */
  public static final HeardIndexes NONE = new HeardIndexes(-1, 0);

  private static final int ENCODED_LENGTH = 2 * Long.BYTES;

  /** Reads what {@link #encode} wrote. */
  public static HeardIndexes decode(Bytes encoded) {
    if (encoded.length() != ENCODED_LENGTH) {
      throw new IllegalArgumentException("an encoded window has " + ENCODED_LENGTH + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(encoded.toArray());
    return new HeardIndexes(buffer.getLong(), buffer.getLong());
  }

  /** 16 bytes, big endian. */
  public Bytes encode() {
    return Bytes.copyOf(
        ByteBuffer.allocate(ENCODED_LENGTH).putLong(highest).putLong(read).array());
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
      return new HeardIndexes(highest, read | (1L << (highest - index)));
    }
    long shift = index - highest;
    long kept = shift < WIDTH ? read << shift : 0;
    return new HeardIndexes(index, kept | 1);
  }

  /** The lowest index that may still be read and was not: what lies before may be forgotten. */
  public long lowestUnread() {
    long index = lowest();
    while (index <= highest && ((read >>> (highest - index)) & 1) != 0) {
      index++;
    }
    return index;
  }

  /** The lowest index that may still be read. */
  public long lowest() {
    return Math.max(0, highest - WIDTH + 1);
  }
}
