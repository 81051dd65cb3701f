package io.karst.bench.envelope;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.random.RandomGenerator;

/**
 * Bytes in the form of a Megolm message of version 3 (Megolm specification, "Message format"), made
 * of noise.
 *
 * <p>The server checks form and index. What only a reader could check, MAC and signature, is noise
 * as well: making real ones would measure the load tool.
 */
final class MegolmShape {

  private static final int BLOCK = 16;
  private static final int MAC_AND_SIGNATURE = 8 + 64;
  private static final int VARINT_MAX = 5;
  private static final int SEVEN_BITS = 0x7f;

  private MegolmShape() {}

  /**
   * The message of an index whose plaintext has {@code payload} bytes, padded to whole blocks as
   * CBC does.
   */
  static ByteString of(long index, int payload, RandomGenerator noise) {
    int encrypted = (payload / BLOCK + 1) * BLOCK;
    byte[] head = new byte[3 + 2 * VARINT_MAX];
    head[0] = 0x03;
    head[1] = 0x08;
    int at = varint(head, 2, index);
    head[at] = 0x12;
    at = varint(head, at + 1, encrypted);
    byte[] message = new byte[at + encrypted + MAC_AND_SIGNATURE];
    noise.nextBytes(message);
    System.arraycopy(head, 0, message, 0, at);
    return UnsafeByteOperations.unsafeWrap(message); // nobody else holds the array
  }

  private static int varint(byte[] target, int start, long value) {
    int at = start;
    long rest = value;
    while (rest > SEVEN_BITS) {
      target[at++] = (byte) ((rest & SEVEN_BITS) | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }
}
