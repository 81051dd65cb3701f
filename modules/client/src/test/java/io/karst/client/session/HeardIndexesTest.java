package io.karst.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeardIndexesTest {

  private static final int STEPS = 5_000;

  @Test
  void theLastIndexOfASessionCanBeHeardOnce() {
    long last = 0xFFFF_FFFFL;
    HeardIndexes heard = HeardIndexes.NONE.with(last);
    assertThat(heard.refusal(last)).contains(UnreadableReason.INDEX_REPLAYED);
    assertThat(heard.refusal(last - 1)).isEmpty();
  }

  @Test
  void theWindowIsAsWideAsItSays() {
    HeardIndexes heard = HeardIndexes.NONE.with(100);
    assertThat(heard.refusal(100 - HeardIndexes.WIDTH + 1)).isEmpty();
    assertThat(heard.refusal(100 - HeardIndexes.WIDTH)).contains(UnreadableReason.INDEX_TOO_OLD);
    assertThat(heard.lowest()).isEqualTo(37);
  }

  @Test
  void whatIsNoWindowIsNotDecoded() {
    assertThatThrownBy(() -> HeardIndexes.decode(Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void agreesWithASetOfAllIndexesHeard(long seed) {
    Random random = new Random(seed);
    Set<Long> model = new HashSet<>();
    HeardIndexes heard = HeardIndexes.NONE;
    long top = -1;
    for (int step = 0; step < STEPS; step++) {
      long index = Math.max(0, top + random.nextInt(100) - 90);
      boolean inside = index > top - HeardIndexes.WIDTH;
      boolean fresh = inside && !model.contains(index);
      assertThat(heard.refusal(index).isEmpty())
          .as("seed %d step %d index %d top %d", seed, step, index, top)
          .isEqualTo(fresh);
      if (fresh) {
        heard = HeardIndexes.decode(heard.with(index).encode());
        model.add(index);
        top = Math.max(top, index);
      }
    }
  }
}
