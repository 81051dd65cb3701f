package io.karst.crypto.primitive;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;

/**
 * Unpadded standard base64 of secrets, by arithmetic alone.
 *
 * <p>Invariant: neither a branch nor an array index depends on the content, only on the length. The
 * table of the JDK's codec leaks digits through the cache (CVE-2024-40640, CVE-2024-45192). Text is
 * a byte array, so that it can be wiped.
 */
public final class SecretBase64 {

  private static final int BITS_PER_DIGIT = 6;
  private static final int DIGIT_MASK = 0x3f;

  private SecretBase64() {}

  /** ASCII text of {@code bytes}, without padding. */
  public static byte[] encode(byte[] bytes) {
    byte[] text = new byte[Math.toIntExact((bytes.length * 8L + 5) / BITS_PER_DIGIT)];
    int window = 0;
    int bits = 0;
    int at = 0;
    for (byte next : bytes) {
      window = ((window << 8) | (next & 0xff)) & 0xffff;
      bits += 8;
      while (bits >= BITS_PER_DIGIT) {
        bits -= BITS_PER_DIGIT;
        text[at++] = toCharacter((window >>> bits) & DIGIT_MASK);
      }
    }
    if (bits > 0) {
      text[at] = toCharacter((window << (BITS_PER_DIGIT - bits)) & DIGIT_MASK);
    }
    return text;
  }

  /**
   * The bytes of unpadded {@code text}.
   *
   * @throws EncodingException on any other character, an impossible length, non-zero trailing bits;
   *     it does not say where
   */
  public static byte[] decode(byte[] text) throws EncodingException {
    byte[] bytes = new byte[Math.toIntExact(text.length * 6L / 8)];
    int window = 0;
    int bits = 0;
    int at = 0;
    int wrong = text.length % 4 == 1 ? -1 : 0;
    for (byte character : text) {
      int digit = toDigit(character);
      wrong |= digit;
      window = ((window << BITS_PER_DIGIT) | (digit & DIGIT_MASK)) & 0xffff;
      bits += BITS_PER_DIGIT;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (window >>> bits);
      }
    }
    int trailing = window & ((1 << bits) - 1);
    if (wrong < 0 || trailing != 0) {
      Wipe.all(bytes);
      throw new EncodingException(ErrorCode.INVALID_BASE64, "not unpadded standard base64");
    }
    return bytes;
  }

  /**
   * Like {@link #decode}, but takes correct padding too, as pickles of other libraries may have.
   */
  public static byte[] decodePadded(byte[] text) throws EncodingException {
    return decode(Base64Text.withoutPadding(text));
  }

  private static byte toCharacter(int digit) {
    int character = 'A' + digit;
    character += above(digit, 25) & ('a' - 'Z' - 1);
    character += above(digit, 51) & ('0' - 'z' - 1);
    character += above(digit, 61) & ('+' - '9' - 1);
    character += above(digit, 62) & ('/' - '+' - 1);
    return (byte) character;
  }

  /** The digit, or -1. */
  private static int toDigit(int character) {
    int digit = -1;
    digit += within(character, 'A', 'Z') & (character - 'A' + 1);
    digit += within(character, 'a', 'z') & (character - 'a' + 26 + 1);
    digit += within(character, '0', '9') & (character - '0' + 52 + 1);
    digit += within(character, '+', '+') & (62 + 1);
    digit += within(character, '/', '/') & (63 + 1);
    return digit;
  }

  /** All ones if {@code low <= value <= high}, else zero. */
  private static int within(int value, int low, int high) {
    return above(value, low - 1) & above(high, value - 1);
  }

  /** All ones if {@code value > bound}, else zero; both are small. */
  private static int above(int value, int bound) {
    return (bound - value) >> 31;
  }
}
