package io.karst.bench.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceSumTest {

  @Test
  void theSamePlacesInAnotherOrderAgree() {
    assertThat(sum(0, 5, 1, 6, 2, 9).agreesWith(sum(2, 9, 0, 5, 1, 6))).isTrue();
  }

  @Test
  void anEnvelopeThatIsMissingIsNoticed() {
    assertThat(sum(0, 5, 1, 6).agreesWith(sum(0, 5))).isFalse();
  }

  @Test
  void envelopesThatChangedPlacesAreNoticed() {
    assertThat(sum(0, 5, 1, 6).agreesWith(sum(0, 6, 1, 5))).isFalse();
  }

  @Test
  void anEnvelopeThatIsThereTwiceInsteadOfAnotherIsNoticed() {
    assertThat(sum(0, 5, 1, 6).agreesWith(sum(0, 5, 0, 5))).isFalse();
  }

  /** Index, offset, index, offset … */
  private static PlaceSum sum(long... places) {
    var sum = new PlaceSum();
    for (int i = 0; i < places.length; i += 2) {
      sum.add(places[i], places[i + 1]);
    }
    return sum;
  }
}
