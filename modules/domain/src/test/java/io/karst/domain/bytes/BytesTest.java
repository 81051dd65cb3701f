package io.karst.domain.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void sharesNothingWithTheArraysThatItCameFromAndGaveOut() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.copyOf(source);
    source[0] = 9;
    bytes.toArray()[1] = 9;

    assertThat(bytes.toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void isComparedByContent() {
    assertThat(Bytes.ofHex("0102")).isEqualTo(Bytes.copyOf(new byte[] {1, 2}));
    assertThat(Bytes.ofHex("0102")).hasSameHashCodeAs(Bytes.copyOf(new byte[] {1, 2}));
    assertThat(Bytes.ofHex("0102")).isNotEqualTo(Bytes.ofHex("0103"));
    assertThat(Bytes.ofHex("0102")).isNotEqualTo(Bytes.ofHex("010200"));
    assertThat(Bytes.copyOf(new byte[0])).isSameAs(Bytes.EMPTY);
  }

  @Test
  void isOrderedWithoutSignsAndShorterFirst() {
    assertThat(Bytes.ofHex("7f")).isLessThan(Bytes.ofHex("80"));
    assertThat(Bytes.ofHex("ff")).isLessThan(Bytes.ofHex("ff00"));
    assertThat(Bytes.EMPTY).isLessThan(Bytes.ofHex("00"));
    assertThat(Bytes.ofHex("ab")).isEqualByComparingTo(Bytes.ofHex("ab"));
  }

  @Test
  void readsAndWritesHexadecimal() {
    assertThat(Bytes.ofHex("00ffA0").toHex()).isEqualTo("00ffa0");
    assertThatIllegalArgumentException().isThrownBy(() -> Bytes.ofHex("0"));
    assertThatIllegalArgumentException().isThrownBy(() -> Bytes.ofHex("0g"));
  }

  @Test
  void answersItsParts() {
    Bytes bytes = Bytes.ofHex("0a0bff");
    byte[] target = new byte[5];
    bytes.copyTo(target, 1);

    assertThat(target).containsExactly(0, 10, 11, -1, 0);
    assertThat(bytes.length()).isEqualTo(3);
    assertThat(bytes.at(2)).isEqualTo((byte) -1);
    assertThat(bytes.isEmpty()).isFalse();
    assertThat(Bytes.EMPTY.isEmpty()).isTrue();
  }

  @Test
  void showsNothingOfItsContent() {
    assertThat(Bytes.ofHex("c0ffee")).hasToString("Bytes[3]");
  }
}
