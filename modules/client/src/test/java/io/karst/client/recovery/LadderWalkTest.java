package io.karst.client.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks up the ladder in small worlds, each from a seed: devices that answer, lie, sleep or cannot
 * be reached, epochs that come meanwhile, restarts that lose what was under way.
 *
 * <p>To replay a failure, put its seed in {@link #seeds}.
 */
class LadderWalkTest {

  private static final int SEEDS = 1_000;

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  @ParameterizedTest(name = "seeds from {0} thousand on")
  @MethodSource("seeds")
  void everyClimbEndsWithinItsBoundsAndGivesUpNothingThatSomebodyGave(long thousand) {
    for (long seed = thousand * SEEDS; seed < (thousand + 1) * SEEDS; seed++) {
      SmallWorld world = new SmallWorld(seed);
      world.run();
      assertThat(world.rounds()).as("rounds, seed %d", seed).isLessThanOrEqualTo(world.roundsMax());
      assertThat(world.askedOnce()).as("nobody is asked twice, seed %d", seed).isTrue();
      assertThat(world.renewals())
          .as("new epochs, seed %d", seed)
          .isLessThanOrEqualTo(world.renewalsMax());
      assertThat(world.proofs()).as("proofs, seed %d", seed).isLessThanOrEqualTo(Ladder.PROOFS_MAX);
      if (world.hasReset()) {
        assertThat(world.entitled()).as("entitled, seed %d", seed).isTrue();
        assertThat(world.wasNewest()).as("newest, seed %d", seed).isTrue();
        assertThat(world.wasResetAgainstRightKeys()).as("given, seed %d", seed).isFalse();
        assertThat(world.wasResetWithoutAQuestion()).as("asked, seed %d", seed).isFalse();
      }
      if (world.everybodyAnswersRightly()) {
        assertThat(world.hasReset()).as("reset, seed %d", seed).isFalse();
        assertThat(world.wasGivenRightKeys()).as("answered, seed %d", seed).isTrue();
      }
    }
  }
}
