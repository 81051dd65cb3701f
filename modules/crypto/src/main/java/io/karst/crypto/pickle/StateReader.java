package io.karst.crypto.pickle;

import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.primitive.Wipe;
import java.nio.ByteBuffer;

/**
 * Reads what {@link StateWriter} wrote, and never past its end.
 *
 * <p>It takes the state over and wipes it when it closes.
 */
public final class StateReader implements AutoCloseable {

  private final byte[] state;
  private final ByteBuffer rest;

  public StateReader(byte[] state) {
    this.state = state;
    this.rest = ByteBuffer.wrap(state);
  }

  public int u8() throws PickleException {
    return need(Byte.BYTES).get() & 0xff;
  }

  /** 0 or 1; nothing else is canonical. */
  public boolean flag() throws PickleException {
    return switch (u8()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw malformed("a flag is 0 or 1");
    };
  }

  public long u32() throws PickleException {
    return Integer.toUnsignedLong(need(Integer.BYTES).getInt());
  }

  /** A number that stays below 2^63. */
  public long u64() throws PickleException {
    long value = need(Long.BYTES).getLong();
    if (value < 0) {
      throw malformed("number is too big");
    }
    return value;
  }

  /** How many things follow, {@code max} at most. */
  public int count(int max) throws PickleException {
    long count = u32();
    if (count > max) {
      throw malformed(count + " entries, at most " + max);
    }
    return (int) count;
  }

  /** A fresh copy of the next {@code length} bytes. */
  public byte[] bytes(int length) throws PickleException {
    byte[] bytes = new byte[length];
    need(length).get(bytes);
    return bytes;
  }

  /** Reads a state that must fill the whole; what a constructor refuses is malformed too. */
  public <T> T readWhole(Reading<T> reading) throws PickleException {
    T value;
    try {
      value = reading.from(this);
    } catch (IllegalArgumentException e) {
      throw malformed("no such state can come about");
    }
    if (rest.hasRemaining()) {
      throw malformed(rest.remaining() + " bytes too many");
    }
    return value;
  }

  /** For a state that is not what it should be. */
  public static PickleException malformed(String detail) {
    return new PickleException(ErrorCode.PICKLE_FORMAT, detail);
  }

  private ByteBuffer need(int length) throws PickleException {
    if (rest.remaining() < length) {
      throw malformed("state is cut off");
    }
    return rest;
  }

  @Override
  public void close() {
    Wipe.all(state);
  }
}
