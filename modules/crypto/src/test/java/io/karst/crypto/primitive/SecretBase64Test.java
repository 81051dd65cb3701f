package io.karst.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.error.EncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's codec is the model. */
class SecretBase64Test {

  private static final int LENGTH_MAX = 300;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void textsAreThoseOfTheJdkForEveryLength(long seed) throws Exception {
    Random random = new Random(seed);
    for (int length = 0; length <= LENGTH_MAX; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      byte[] text = Base64.getEncoder().withoutPadding().encode(bytes);

      assertThat(SecretBase64.encode(bytes)).as("seed %d", seed).isEqualTo(text);
      assertThat(SecretBase64.decode(text)).as("seed %d", seed).isEqualTo(bytes);
    }
  }

  @Test
  void everyCharacterOutsideTheAlphabetIsRefusedInEveryPlace() throws Exception {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int character = 0; character < 256; character++) {
      for (int place = 0; place < 4; place++) {
        byte[] text = {'A', 'A', 'A', 'A'};
        text[place] = (byte) character;
        if (alphabet.indexOf(character) >= 0) {
          assertThat(SecretBase64.decode(text)).isEqualTo(Base64.getDecoder().decode(text));
        } else {
          assertThatThrownBy(() -> SecretBase64.decode(text)).isInstanceOf(EncodingException.class);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "AAAAA", "AB", "AAB", "AA==", "AAA=", "AA A", "AAAA\n", "=", "===="})
  void impossibleLengthsTrailingBitsAndPaddingAreRefused(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> SecretBase64.decode(ascii)).isInstanceOf(EncodingException.class);
  }

  @Test
  void paddingIsToleratedWhereAskedForAndOnlyWhereItBelongs() throws Exception {
    assertThat(SecretBase64.decodePadded(ascii("AA=="))).hasSize(1);
    assertThat(SecretBase64.decodePadded(ascii("AAA="))).hasSize(2);
    assertThat(SecretBase64.decodePadded(ascii("AAA"))).hasSize(2);
    for (String wrong : new String[] {"A===", "AA=", "AAAA=", "AAAA====", "A=AA", "=AAA"}) {
      assertThatThrownBy(() -> SecretBase64.decodePadded(ascii(wrong)))
          .as(wrong)
          .isInstanceOf(EncodingException.class);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
