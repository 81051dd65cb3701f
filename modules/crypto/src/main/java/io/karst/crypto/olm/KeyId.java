package io.karst.crypto.olm;

import io.karst.crypto.primitive.Base64Text;
import java.nio.ByteBuffer;

/**
 * The number of a one-time or fallback key within its account.
 *
 * @param value 0 or more
 */
public record KeyId(long value) implements Comparable<KeyId> {

  public KeyId {
    if (value < 0) {
      throw new IllegalArgumentException("a key id is not negative: " + value);
    }
  }

  /** Base64 of eight big-endian bytes, 11 characters. */
  public String toBase64() {
    return Base64Text.encode(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  @Override
  public int compareTo(KeyId other) {
    return Long.compare(value, other.value);
  }
}
