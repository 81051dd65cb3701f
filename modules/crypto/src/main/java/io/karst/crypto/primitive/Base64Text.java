package io.karst.crypto.primitive;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Standard base64 of public values: no padding written, correct padding tolerated.
 *
 * <p>Whitespace, the URL alphabet and non-zero trailing bits are refused, so one value has two
 * texts at most. Not for secrets: the JDK's codec looks characters up in tables.
 */
public final class Base64Text {

  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
  private static final int GROUP = 4;
  private static final int PADDING_MAX = 2;

  private Base64Text() {}

  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  public static byte[] decode(String text) throws EncodingException {
    byte[] digits = withoutPadding(text.getBytes(StandardCharsets.ISO_8859_1));
    try {
      byte[] bytes = Base64.getDecoder().decode(digits);
      if (Arrays.equals(ENCODER.encode(bytes), digits)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new EncodingException(ErrorCode.INVALID_BASE64, "not standard base64");
    }
    throw new EncodingException(ErrorCode.INVALID_BASE64, "trailing bits are not zero");
  }

  /** Drops one or two padding characters, if they fill the last group of four. */
  static byte[] withoutPadding(byte[] text) {
    int end = text.length;
    if (end % GROUP != 0) {
      return text;
    }
    while (end > 0 && text.length - end < PADDING_MAX && text[end - 1] == '=') {
      end--;
    }
    return end == text.length ? text : Arrays.copyOf(text, end);
  }
}
