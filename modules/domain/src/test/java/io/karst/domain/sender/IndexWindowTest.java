package io.karst.domain.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.sender.IndexWindow.Verdict;
import java.util.Collections;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexWindowTest {

  /** Indices 0, 100 and 163 were used. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "0, BELOW_WINDOW",
    "98, BELOW_WINDOW",
    "99, BELOW_WINDOW",
    "100, USED",
    "101, FRESH",
    "162, FRESH",
    "163, USED",
    "164, FRESH",
    "4294967295, FRESH"
  })
  void judgesEveryIndexAroundTheWindow(long index, Verdict expected) {
    IndexWindow window = IndexWindow.EMPTY.plus(0).plus(100).plus(163);

    assertThat(window.judge(index)).isEqualTo(expected);
  }

  @Test
  void anEmptyWindowTakesAnyIndex() {
    assertThat(IndexWindow.EMPTY.judge(0)).isEqualTo(Verdict.FRESH);
    assertThat(IndexWindow.EMPTY.judge(4_294_967_295L)).isEqualTo(Verdict.FRESH);
  }

  @ParameterizedTest(name = "moved by {0}: index 0 is {1}")
  @CsvSource({"62, USED", "63, USED", "64, BELOW_WINDOW", "65, BELOW_WINDOW"})
  void forgetsWhatFallsOut(long highest, Verdict expected) {
    IndexWindow window = IndexWindow.EMPTY.plus(0).plus(highest);

    assertThat(window.judge(0)).isEqualTo(expected);
    assertThat(window.judge(1)).isEqualTo(highest > 64 ? Verdict.BELOW_WINDOW : Verdict.FRESH);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5})
  void agreesWithASetOfEverythingUsed(long seed) {
    var random = new Random(seed);
    Set<Long> used = new HashSet<>();
    IndexWindow window = IndexWindow.EMPTY;

    for (int step = 0; step < 5_000; step++) {
      long index = Math.max(0, window.highest() + random.nextInt(80) - 70);
      if (random.nextInt(50) == 0) {
        index += random.nextInt(200);
      }
      long highest = used.isEmpty() ? -1 : Collections.max(used);
      Verdict expected = index <= highest - 64
          ? Verdict.BELOW_WINDOW
          : used.contains(index) ? Verdict.USED : Verdict.FRESH;
      assertThat(window.judge(index)).as("seed %d step %d", seed, step).isEqualTo(expected);
      if (expected == Verdict.FRESH) {
        used.add(index);
        window = window.plus(index);
      }
    }
  }
}
