package io.karst.crypto.key;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * Recognizes the eight points of small order, which no honest signature starts with.
 *
 * <p>The equation of RFC 8032 multiplies by the cofactor, which makes all of them vanish, so the
 * library underneath lets them pass.
 */
final class SmallOrder {

  private static final byte SIGN_BIT = (byte) 0x80;

  /** Their y coordinates, little endian; each but 1 and -1 belongs to two points. */
  private static final byte[][] ORDINATES = Stream.of(
          "0100000000000000000000000000000000000000000000000000000000000000",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "0000000000000000000000000000000000000000000000000000000000000000",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
      .map(HexFormat.of()::parseHex)
      .toArray(byte[][]::new);

  private SmallOrder() {}

  /**
   * Whether the R of {@code signature} is one of them; encodings are canonical or refused later.
   */
  static boolean holds(Ed25519Signature signature) {
    byte[] ordinate = Arrays.copyOf(signature.live(), Ed25519PublicKey.LENGTH);
    ordinate[ordinate.length - 1] &= (byte) ~SIGN_BIT;
    return Arrays.stream(ORDINATES).anyMatch(small -> Arrays.equals(small, ordinate));
  }
}
