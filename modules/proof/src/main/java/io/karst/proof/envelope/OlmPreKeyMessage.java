package io.karst.proof.envelope;

import io.karst.domain.bytes.Bytes;
import java.util.Arrays;
import java.util.Optional;

/**
 * A raw Olm pre-key message of version 3, as far as it matters here who can open it.
 *
 * <p>Layout: {@code 0x03 ‖ 0x0A 0x20 one-time key ‖ 0x12 0x20 base key ‖ 0x1A 0x20 identity key ‖
 * 0x22 length message} (Olm specification, "Pre-key messages").
 *
 * @param oneTimeKey the receiver's one-time or fallback key, 32 bytes
 */
public record OlmPreKeyMessage(Bytes oneTimeKey) {

  private static final int VERSION = 0x03;
  private static final int ONE_TIME_KEY_TAG = 0x0A;
  private static final int KEY_LENGTH = 32;
  private static final int HEADER_LENGTH = 3;

  /** Reads the front of {@code raw}; empty unless it has the form that Olm libraries write. */
  public static Optional<OlmPreKeyMessage> parse(Bytes raw) {
    boolean fits = raw.length() > HEADER_LENGTH + KEY_LENGTH
        && raw.at(0) == VERSION
        && raw.at(1) == ONE_TIME_KEY_TAG
        && raw.at(2) == KEY_LENGTH;
    return fits
        ? Optional.of(new OlmPreKeyMessage(Bytes.copyOf(
            Arrays.copyOfRange(raw.toArray(), HEADER_LENGTH, HEADER_LENGTH + KEY_LENGTH))))
        : Optional.empty();
  }
}
