package io.karst.crypto.sas;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What old versions of libolm did to a MAC: encode it into the buffer that it was read from.
 *
 * <p>Groups of four characters overwrite bytes that later groups of three still have to read, so
 * all but the first few characters are garbage; both sides of an old verification compute the same
 * one.
 */
final class OverlappingBase64 {

  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int TEXT_LENGTH = 43;

  private OverlappingBase64() {}

  /** 43 characters for 32 bytes. */
  static String encode(byte[] mac) {
    byte[] buffer = Arrays.copyOf(mac, TEXT_LENGTH);
    int from = 0;
    int to = 0;
    while (from + 2 < mac.length) {
      int group = group(buffer[from], buffer[from + 1], buffer[from + 2]);
      put(buffer, to, group, 4);
      from += 3;
      to += 4;
    }
    put(buffer, to, group(buffer[from], buffer[from + 1], (byte) 0), 3);
    return new String(buffer, StandardCharsets.US_ASCII);
  }

  private static int group(byte first, byte second, byte third) {
    return (first & 0xff) << 16 | (second & 0xff) << 8 | (third & 0xff);
  }

  private static void put(byte[] buffer, int to, int group, int characters) {
    for (int i = 0; i < characters; i++) {
      buffer[to + i] = (byte) DIGITS.charAt((group >>> (18 - 6 * i)) & 0x3f);
    }
  }
}
