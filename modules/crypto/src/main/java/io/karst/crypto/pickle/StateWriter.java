package io.karst.crypto.pickle;

import io.karst.crypto.primitive.Wipe;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes secret state, big endian, into a buffer that is wiped when it grows and when it closes.
 */
public final class StateWriter implements AutoCloseable {

  private static final int START = 512;

  private byte[] buffer = new byte[START];
  private int length;

  public StateWriter u8(int value) {
    reserve(Byte.BYTES).put((byte) value);
    return this;
  }

  public StateWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** The low 32 bits. */
  public StateWriter u32(long value) {
    reserve(Integer.BYTES).putInt((int) value);
    return this;
  }

  public StateWriter u64(long value) {
    reserve(Long.BYTES).putLong(value);
    return this;
  }

  public StateWriter bytes(byte[] value) {
    reserve(value.length).put(value);
    return this;
  }

  /** Like {@link #bytes}, for a copy of a secret, which is wiped. */
  public StateWriter secret(byte[] copy) {
    bytes(copy);
    Wipe.all(copy);
    return this;
  }

  /** A fresh copy of what was written, to be wiped by the caller. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  private ByteBuffer reserve(int more) {
    if (buffer.length - length < more) {
      byte[] bigger = Arrays.copyOf(buffer, Math.addExact(Math.max(length, more), length));
      Wipe.all(buffer);
      buffer = bigger;
    }
    ByteBuffer space = ByteBuffer.wrap(buffer, length, more);
    length += more;
    return space;
  }

  @Override
  public void close() {
    Wipe.all(buffer);
  }
}
