package io.karst.crypto.wire;

/** Writes the canonical frame: every field, also those whose value is zero, in order. */
final class FrameWriter {

  /** Bytes of a message: far above any chat, far below what arithmetic on lengths can bear. */
  static final int MESSAGE_BYTES_MAX = 16 << 20;

  /** Bytes of a plaintext: leaves room for padding, keys, MACs and a pre-key message around it. */
  static final int PLAINTEXT_BYTES_MAX = MESSAGE_BYTES_MAX - 1024;

  private final byte[] frame;
  private int at;

  /** Starts a frame that leaves {@code suffixLength} bytes free at its end. */
  FrameWriter(byte version, int payloadLength, int suffixLength) {
    frame = new byte[1 + payloadLength + suffixLength];
    frame[at++] = version;
  }

  static void requireBearable(byte[] plaintext) {
    if (plaintext.length > PLAINTEXT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a plaintext has at most " + PLAINTEXT_BYTES_MAX + " bytes");
    }
  }

  static int numberLength(long value) {
    return 1 + varintLength(value);
  }

  static int bytesLength(int length) {
    return 1 + varintLength(length) + length;
  }

  FrameWriter number(int tag, long value) {
    frame[at++] = (byte) tag;
    varint(value);
    return this;
  }

  FrameWriter bytes(int tag, byte[] value) {
    frame[at++] = (byte) tag;
    varint(value.length);
    return append(value);
  }

  /** Appends without tag or length. */
  FrameWriter append(byte[] value) {
    System.arraycopy(value, 0, frame, at, value.length);
    at += value.length;
    return this;
  }

  /** Bytes written so far. */
  int length() {
    return at;
  }

  /** The array that is being written, to be authenticated up to {@link #length()}. */
  byte[] soFar() {
    return frame;
  }

  /** The whole frame, once it is full. */
  byte[] finish() {
    if (at != frame.length) {
      throw new IllegalStateException("frame is not full");
    }
    return frame;
  }

  private void varint(long value) {
    long rest = value;
    while (rest > 0x7f) {
      frame[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    frame[at++] = (byte) rest;
  }

  private static int varintLength(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }
}
