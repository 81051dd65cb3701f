package io.karst.proof.envelope;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import java.util.Optional;

/**
 * A raw Megolm message of version 3, as far as it is in the clear.
 *
 * <p>Layout: {@code 0x03 ‖ 0x08 index ‖ 0x12 length ‖ AES-CBC ciphertext ‖ MAC (8 bytes) ‖ Ed25519
 * signature (64 bytes)}; index and length are base-128 varints (Megolm specification, "Message
 * format").
 *
 * @param messageIndex 0 to 4,294,967,295
 * @param ciphertextLength a positive multiple of 16
 */
public record MegolmMessage(long messageIndex, int ciphertextLength) {

  /** Bytes of the truncated HMAC-SHA-256. */
  public static final int MAC_LENGTH = 8;

  /** Bytes of the Ed25519 signature, which ends the message and covers all before it. */
  public static final int SIGNATURE_LENGTH = 64;

  private static final int VERSION = 0x03;
  private static final int INDEX_TAG = 0x08;
  private static final int CIPHERTEXT_TAG = 0x12;
  private static final int BLOCK_LENGTH = 16;

  /**
   * Reads {@code raw}; empty unless it is the one canonical encoding of its content.
   *
   * <p>Other readers accept swapped, repeated or unknown fields and padded numbers; then two byte
   * strings would be one message.
   */
  public static Optional<MegolmMessage> parse(Bytes raw) {
    var reader = new Reader(raw);
    if (!reader.next(VERSION) || !reader.next(INDEX_TAG)) {
      return Optional.empty();
    }
    long index = reader.varint();
    if (index < 0 || !reader.next(CIPHERTEXT_TAG)) {
      return Optional.empty();
    }
    long length = reader.varint();
    boolean fits = length > 0
        && length % BLOCK_LENGTH == 0
        && length + MAC_LENGTH + SIGNATURE_LENGTH == reader.remaining();
    return fits ? Optional.of(new MegolmMessage(index, (int) length)) : Optional.empty();
  }

  /** Reads the clear fields from the front. */
  private static final class Reader {

    private static final long INVALID = -1;
    private static final int VARINT_BYTES_MAX = 5;

    private final Bytes raw;
    private int position;

    Reader(Bytes raw) {
      this.raw = raw;
    }

    int remaining() {
      return raw.length() - position;
    }

    boolean next(int expected) {
      return remaining() > 0 && raw.at(position++) == expected;
    }

    /** A number below 2^32 in its shortest form, or {@link #INVALID}. */
    long varint() {
      long value = 0;
      for (int i = 0; i < VARINT_BYTES_MAX && remaining() > 0; i++) {
        int next = raw.at(position++) & 0xff;
        value |= (long) (next & 0x7f) << (7 * i);
        if (next < 0x80) {
          boolean shortest = next != 0 || i == 0;
          return shortest && value <= Envelope.MESSAGE_INDEX_MAX ? value : INVALID;
        }
      }
      return INVALID;
    }
  }
}
