package io.karst.crypto.sas;

import java.util.List;
import java.util.stream.IntStream;

/** Six bytes that both sides show in the same form and compare: seven emoji or three numbers. */
public final class SasBytes {

  static final int LENGTH = 6;

  private static final int EMOJI_COUNT = 7;
  private static final int EMOJI_BITS = 6;
  private static final int DECIMAL_COUNT = 3;
  private static final int DECIMAL_BITS = 13;
  private static final int DECIMAL_MIN = 1000;

  private final byte[] bytes;

  /** Takes the array over. */
  SasBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A fresh copy of the six bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Seven numbers from 0 to 63, places in the table of {@link SasEmoji}. */
  public List<Integer> emojiIndices() {
    return IntStream.range(0, EMOJI_COUNT).mapToObj(i -> bits(i, EMOJI_BITS)).toList();
  }

  /** Seven emoji, in order. */
  public List<SasEmoji> emoji() {
    return emojiIndices().stream().map(SasEmoji::at).toList();
  }

  /** Three numbers from 1000 to 9191. */
  public List<Integer> decimals() {
    return IntStream.range(0, DECIMAL_COUNT)
        .mapToObj(i -> bits(i, DECIMAL_BITS) + DECIMAL_MIN)
        .toList();
  }

  /** The group at {@code position}, counting groups of {@code width} bits from the front. */
  private int bits(int position, int width) {
    long all = 0;
    for (byte next : bytes) {
      all = all << Byte.SIZE | (next & 0xff);
    }
    int behind = LENGTH * Byte.SIZE - (position + 1) * width;
    return (int) (all >>> behind) & ((1 << width) - 1);
  }

  @Override
  public String toString() {
    return "SasBytes(secret)";
  }
}
