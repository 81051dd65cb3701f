package io.karst.crypto.epoch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The injective encoding of {@code docs/protocol.md}: strings carry their length, numbers are big
 * endian.
 */
final class Statement {

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  Statement(String label) {
    str(label);
  }

  /** {@code u32(length in bytes) ‖ UTF-8}. */
  Statement str(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    content.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
    content.writeBytes(utf8);
    return this;
  }

  /** Eight bytes of an epoch. */
  Statement epoch(long value) {
    if (value < 1) {
      throw new IllegalArgumentException("epochs are numbered from 1, not " + value);
    }
    content.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return this;
  }

  byte[] bytes() {
    return content.toByteArray();
  }
}
