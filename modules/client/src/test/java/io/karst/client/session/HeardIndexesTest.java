package io.karst.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.store.gap.IndexRange;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
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

  @Test
  void anOlderFormIsReadAndNothingOfItIsMissing() {
    byte[] older = ByteBuffer.allocate(16).putLong(9).putLong(0b101).array();
    HeardIndexes heard = HeardIndexes.decode(Bytes.copyOf(older));
    assertThat(heard.refusal(7)).contains(UnreadableReason.INDEX_REPLAYED);
    assertThat(heard.refusal(8)).isEmpty();
    assertThat(heard.missing()).isEmpty();
  }

  @Test
  void whatLeavesTheWindowInOneStepIsOneRange() {
    HeardIndexes heard = HeardIndexes.NONE.with(0).with(3);
    assertThat(heard.missing()).containsExactly(new IndexRange(1, 2));
    assertThat(heard.leaving(63)).isEmpty();
    assertThat(heard.leaving(65))
        .as("its end with its beginning")
        .containsExactly(new IndexRange(1, 2));
    assertThat(heard.without(heard.leaving(65)).with(65).missing())
        .containsExactly(new IndexRange(4, 64));
    assertThat(heard.leaving(1_000)).containsExactly(new IndexRange(1, 2), new IndexRange(4, 936));
    assertThat(HeardIndexes.NONE.leaving(64)).containsExactly(new IndexRange(0, 0));
  }

  @Test
  void ofASessionThatBeganEarlierNothingIsMissingBeforeTheFirstMessage() {
    assertThat(HeardIndexes.MIDDLE.leaving(100)).isEmpty();
    HeardIndexes heard = HeardIndexes.decode(HeardIndexes.MIDDLE.encode()).with(100);
    assertThat(heard.missing()).isEmpty();
    assertThat(heard.refusal(99)).as("it may come all the same").isEmpty();
    assertThat(heard.with(102).missing()).containsExactly(new IndexRange(101, 101));
    assertThat(heard.leaving(400)).containsExactly(new IndexRange(101, 336));
  }

  @Test
  void whatIsSettledOrPassedIsNotMissing() {
    HeardIndexes heard = HeardIndexes.NONE.with(5).passing(2);
    assertThat(heard.missing()).containsExactly(new IndexRange(0, 1), new IndexRange(3, 4));
    assertThat(heard.passing(9)).as("above the highest").isEqualTo(heard);
    HeardIndexes settled = heard.settled().with(8);
    assertThat(settled.missing()).containsExactly(new IndexRange(6, 7));
    assertThat(settled.refusal(3)).as("it may come all the same").isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void eachIndexIsReadOrLostOrMissing(long seed) {
    Random random = new Random(seed);
    Set<Long> accounted = new HashSet<>();
    HeardIndexes heard = HeardIndexes.NONE;
    for (int step = 0; step < STEPS; step++) {
      long jump = random.nextInt(20) == 0 ? 150 : 4;
      long index = Math.max(0, heard.highest() + 1 + random.nextLong(jump) - random.nextInt(8));
      if (heard.refusal(index).isEmpty()) {
        List<IndexRange> leaving = heard.leaving(index);
        leaving.forEach(range -> account(accounted, range, seed));
        if (!accounted.contains(index)) {
          account(accounted, new IndexRange(index, index), seed);
        }
        heard = HeardIndexes.decode(heard.without(leaving).with(index).encode());
      }
    }
    heard.missing().forEach(range -> account(accounted, range, seed));
    assertThat(accounted).as("seed %d", seed).hasSize(Math.toIntExact(heard.highest() + 1));
  }

  private static void account(Set<Long> accounted, IndexRange range, long seed) {
    for (long index = range.from(); index <= range.to(); index++) {
      assertThat(accounted.add(index)).as("seed %d index %d", seed, index).isTrue();
    }
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
