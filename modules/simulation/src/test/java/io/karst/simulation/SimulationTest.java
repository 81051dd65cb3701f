package io.karst.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the whole from seeds.
 *
 * <p>A failure names its seed, its scale and its step; {@code ./karst test --simulation=SEED:SCALE}
 * runs exactly it again. {@code ./karst test --long} runs the full scale.
 */
class SimulationTest {

  private static final boolean LONG = Boolean.getBoolean("karst.long");
  private static final String ONE = System.getProperty("karst.simulation", "");
  private static final int SEEDS = 10;

  /** Of the full scale each takes hours. */
  private static final int SEEDS_LONG = 2;

  static List<String> runs() {
    Scale scale = LONG ? Scale.LONG : Scale.SHORT;
    return ONE.isEmpty()
        ? LongStream.rangeClosed(1, LONG ? SEEDS_LONG : SEEDS)
            .mapToObj(seed -> seed + ":" + scale)
            .toList()
        : List.of(ONE);
  }

  @ParameterizedTest(name = "seed and scale {0}")
  @MethodSource("runs")
  void whateverHappensWhoShouldReadReadsAndNobodyElse(String run) {
    String[] parts = run.split(":", -1);
    long seed = Long.parseLong(parts[0]);
    Simulation.Outcome outcome = new Simulation(seed, Scale.parse(parts[1]), Rules.REAL).run();
    assertThat(outcome.violations())
        .as("again with ./karst test --simulation=%s", run)
        .isEmpty();
    assertThat(outcome.taken()).as("messages in the logs").isGreaterThan(outcome.said() / 2);
  }

  @Test
  void aSeedIsTheSameRunEachTime() {
    Scale small = new Scale(2, 4, 6, 60);
    List<String> fingerprints = LongStream.of(7, 7, 8)
        .mapToObj(seed -> new Simulation(seed, small, Rules.REAL).run().fingerprint())
        .toList();
    assertThat(fingerprints.get(0)).isEqualTo(fingerprints.get(1));
    assertThat(fingerprints.get(0)).isNotEqualTo(fingerprints.get(2));
  }

  @Test
  void allKindsOfStepsAreTaken() {
    Simulation.Outcome outcome = new Simulation(1, new Scale(3, 4, 6, 600), Rules.REAL).run();
    assertThat(outcome.done().keySet()).containsExactlyInAnyOrder(Steps.Kind.values());
    assertThat(Arrays.stream(Steps.Kind.values()).mapToInt(Steps.Kind::weight).sum())
        .isEqualTo(1000);
  }
}
