package io.karst.actors.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LandmarksTest {

  private final Landmarks landmarks = new Landmarks();

  @Test
  void boundsASearchFromBothSides() {
    LongStream.of(3, 5, 9).forEach(row -> landmarks.add(landmark(row)));
    assertThat(landmarks.floor(Landmark::firstOffset, 49)).contains(landmark(3));
    assertThat(landmarks.floor(Landmark::firstOffset, 50)).contains(landmark(5));
    assertThat(landmarks.above(Landmark::firstOffset, 50)).contains(landmark(9));
    assertThat(landmarks.floor(Landmark::firstOffset, 29)).isEmpty();
    assertThat(landmarks.above(Landmark::firstOffset, 90)).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void remembersSoManyAndNeverAWrongOne(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      landmarks.add(landmark(1 + random.nextInt(10_000)));
    }
    long remembered = LongStream.rangeClosed(1, 10_000)
        .filter(row -> landmarks
            .floor(Landmark::sequenceNumber, row)
            .filter(found -> found.sequenceNumber() == row)
            .isPresent())
        .count();
    assertThat(remembered).as("seed %d", seed).isBetween(Landmarks.LANDMARKS_MAX / 2L, (long)
        Landmarks.LANDMARKS_MAX);
    LongStream.rangeClosed(1, 100)
        .forEach(bound -> assertThat(landmarks.floor(Landmark::firstOffset, bound * 1000))
            .matches(found -> found.isEmpty() || found.get().firstOffset() <= bound * 1000));
  }

  private static Landmark landmark(long row) {
    return new Landmark(row, row * 10, row * 10 + 10, row / 100);
  }
}
