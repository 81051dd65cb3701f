package io.karst.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<String> order = new ArrayList<>();

  @Test
  void contendersRunInTurnAndWarmUpDoesNotCount() throws Exception {
    var contest = new Contest(SECOND, 1, 2);

    List<Series> series =
        contest.run(List.of(contender("a", 1, 10, 30), contender("b", 2, 5, 10)), line -> {});

    assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(series.get(0).rates()).containsExactly(10.0, 30.0);
    assertThat(series.get(0).envelopes()).isEqualTo(40);
  }

  @Test
  void ratiosCompareWhatRanInTheSameRound() throws Exception {
    var contest = new Contest(SECOND, 0, 3);

    List<Series> series =
        contest.run(List.of(contender("a", 10, 40, 60), contender("b", 5, 10, 20)), line -> {});

    assertThat(series.get(0).ratioTo(series.get(1))).isEqualTo(new Spread(3, 2, 4));
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 100.0))).isEqualTo(new Spread(3.5, 1, 100));
  }

  @Test
  void latenciesAreToldInMilliseconds() {
    var latencies = new Latencies();
    for (int millis = 1; millis <= 100; millis++) {
      latencies.add(Duration.ofMillis(millis).toNanos());
    }

    assertThat(latencies.millis(50)).isBetween(49.9, 50.2);
    assertThat(latencies.millis(99)).isBetween(98.9, 99.2);
  }

  /** Writes so many envelopes in a second, round by round. */
  private Contender contender(String name, long... envelopes) {
    Deque<Long> rounds = new ArrayDeque<>();
    for (long each : envelopes) {
      rounds.add(each);
    }
    return new Contender() {
      @Override
      public Label label() {
        return new Label(name, name, "call");
      }

      @Override
      public Round run(Duration time) {
        order.add(name);
        return new Round(rounds.remove(), time.toNanos(), new Latencies());
      }
    };
  }
}
