package io.karst.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 5869, appendix A, and the limits of the output. */
class HkdfTest {

  private static final byte[] INPUT = hex("0b".repeat(22));

  @Test
  void theFirstVectorOfTheStandardHolds() {
    byte[] salt = hex("000102030405060708090a0b0c");
    byte[] info = hex("f0f1f2f3f4f5f6f7f8f9");

    assertThat(Hkdf.derive(salt, INPUT, info, 42))
        .isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
            + "34007208d5b887185865"));
  }

  @Test
  void theVectorWithoutSaltHolds() {
    byte[] expected = hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
        + "9d201395faa4b61a96c8");

    assertThat(Hkdf.derive(INPUT, new byte[0], 42)).isEqualTo(expected);
    assertThat(Hkdf.derive(new byte[0], INPUT, new byte[0], 42)).isEqualTo(expected);
    assertThat(Hkdf.derive(new byte[1], INPUT, new byte[0], 42)).isEqualTo(expected);
  }

  @Test
  void oneTo8160BytesCanBeDerived() {
    assertThat(Hkdf.derive(INPUT, INPUT, 1)).hasSize(1);
    assertThat(Hkdf.derive(INPUT, INPUT, 8159)).hasSize(8159);
    assertThat(Hkdf.derive(INPUT, INPUT, Hkdf.OUTPUT_BYTES_MAX)).hasSize(8160);
    assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.derive(INPUT, INPUT, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.derive(INPUT, INPUT, 8161));
  }

  @Test
  void partsAreThoseOfTheWhole() {
    byte[] whole = Hkdf.derive(new byte[32], INPUT, INPUT, 80);

    byte[][] parts = Hkdf.split(new byte[32], INPUT, INPUT, 32, 48);

    assertThat(parts[0]).isEqualTo(Arrays.copyOf(whole, 32));
    assertThat(parts[1]).isEqualTo(Arrays.copyOfRange(whole, 32, 80));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
