package io.karst.crypto.wire;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;

/**
 * Reads the fields of a frame in their one canonical order and form.
 *
 * <p>The frames are protobuf, but only the byte-identical canonical encoding is authentic: another
 * order, unknown or repeated fields and over-long numbers are all refused, so a general protobuf
 * reader would be too lax.
 */
final class FrameReader {

  private static final int VARINT_BITS_MAX = 32;

  private final byte[] frame;
  private final int end;
  private int at;

  /** Reads {@code frame} from after its version byte up to {@code end}. */
  FrameReader(byte[] frame, int end) throws EncodingException {
    if (end < 1) {
      throw new EncodingException(ErrorCode.MESSAGE_TOO_SHORT, "no room for a payload");
    }
    this.frame = frame;
    this.end = end;
    this.at = 1;
  }

  /** The version byte, once the whole has a bearable length. */
  static byte version(byte[] frame) throws EncodingException {
    if (frame.length == 0) {
      throw new EncodingException(ErrorCode.MISSING_VERSION, "message is empty");
    }
    if (frame.length > FrameWriter.MESSAGE_BYTES_MAX) {
      throw new EncodingException(ErrorCode.MESSAGE_TOO_LONG, frame.length + " bytes");
    }
    return frame[0];
  }

  /** An unsigned 32-bit number in its shortest form. */
  long number(int tag) throws EncodingException {
    requireTag(tag);
    return varint();
  }

  /** The start of {@code length} bytes whose length is known beforehand. */
  int fixed(int tag, int length) throws EncodingException {
    requireTag(tag);
    if (varint() != length || end - at < length) {
      throw malformed("field " + (tag >>> 3) + " must have " + length + " bytes");
    }
    int from = at;
    at += length;
    return from;
  }

  /** The start of the bytes that fill the frame up to its end. */
  int remainder(int tag) throws EncodingException {
    requireTag(tag);
    long length = varint();
    if (length != end - at) {
      throw malformed("field " + (tag >>> 3) + " must fill the frame");
    }
    return at;
  }

  private void requireTag(int tag) throws EncodingException {
    if (at >= end || frame[at] != tag) {
      throw malformed("field " + (tag >>> 3) + " is missing or out of place");
    }
    at++;
  }

  private long varint() throws EncodingException {
    long value = 0;
    for (int shift = 0; shift < VARINT_BITS_MAX && at < end; shift += 7) {
      int next = frame[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        if ((value >>> VARINT_BITS_MAX) != 0 || (next == 0 && shift > 0)) {
          break;
        }
        return value;
      }
    }
    throw malformed("number is cut off, too big or not in its shortest form");
  }

  private static EncodingException malformed(String detail) {
    return new EncodingException(ErrorCode.BAD_FORMAT, detail);
  }
}
