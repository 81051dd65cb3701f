package io.karst.domain.group;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;

/**
 * One Megolm message with its clear header. The ciphertext has 1 to {@value #CIPHERTEXT_MAX} bytes.
 */
public record Envelope(
    long epoch,
    DeviceAddress sender,
    Bytes sessionId,
    long messageIndex,
    ClientId clientId,
    Bytes ciphertext) {

  /** A message, not a file: attachments are stored elsewhere, encrypted. */
  public static final int CIPHERTEXT_MAX = 65_536;

  public static final long MESSAGE_INDEX_MAX = 0xFFFF_FFFFL;

  public Envelope {
    if (epoch < 1
        || sessionId.length() != 32
        || messageIndex < 0
        || messageIndex > MESSAGE_INDEX_MAX
        || ciphertext.isEmpty()
        || ciphertext.length() > CIPHERTEXT_MAX) {
      throw new IllegalArgumentException("envelope out of bounds");
    }
  }
}
