package io.karst.crypto.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.error.EncodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCodeTest {

  /** The values of vodozemac's tests, and more. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 10",
    "9, 9, 99, 19",
    "8, 9, 89, 99",
    "255, 255, 55, 45",
    "10, 1, 1, 21",
    "1, 10, 10, 20",
  })
  void twoBytesAreShownAsTwoDigits(int first, int second, int number, int withoutZero) {
    CheckCode code = new CheckCode(new byte[] {(byte) first, (byte) second});

    assertThat(code.number()).isEqualTo(number);
    assertThat(code.numberWithoutLeadingZero()).isEqualTo(withoutZero);
    assertThat(code.bytes()).containsExactly(first, second);
  }

  @Test
  void allNumbersHaveTwoDigits() {
    for (int i = 0; i < 1 << 16; i++) {
      CheckCode code = new CheckCode(new byte[] {(byte) (i >> 8), (byte) i});
      assertThat(code.number()).isBetween(0, 99);
      assertThat(code.numberWithoutLeadingZero()).isBetween(10, 99);
    }
  }

  @Test
  void codesAndMessagesAreEqualIfTheirBytesAre() throws Exception {
    CheckCode code = new CheckCode(new byte[] {1, 2});
    CheckCode same = new CheckCode(code.bytes());
    assertThat(code).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo("12");
    assertThat(code).isNotEqualTo(new CheckCode(new byte[] {1, 3}));
    assertThat(code.hashCode()).isNotEqualTo(new CheckCode(new byte[] {2, 2}).hashCode());

    ChannelMessage message = ChannelMessage.parse(new byte[16]);
    ChannelMessage again = ChannelMessage.fromBase64(message.toBase64());
    assertThat(message).isEqualTo(again).hasSameHashCodeAs(again).isNotEqualTo("text");
    assertThat(message)
        .isNotEqualTo(ChannelMessage.parse(new byte[17]))
        .doesNotHaveSameHashCodeAs(ChannelMessage.parse(new byte[17]));
    assertThat(message).hasToString("ChannelMessage(16 bytes)");
    assertThatThrownBy(() -> ChannelMessage.parse(new byte[15]))
        .isInstanceOf(EncodingException.class);
  }
}
