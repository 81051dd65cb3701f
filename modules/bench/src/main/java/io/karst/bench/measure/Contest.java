package io.karst.bench.measure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures contenders in turn, A B C A B C, so that whatever else the machine does in the meantime
 * hits all alike.
 *
 * @param time of each contender in each round
 * @param warmUp rounds that are run first and not counted
 * @param rounds rounds that count
 */
public record Contest(Duration time, int warmUp, int rounds) {

  /** Answers one series for each contender, in order; tells {@code progress} in lines. */
  public List<Series> run(List<Contender> contenders, Consumer<String> progress)
      throws LoadFailure, InterruptedException {
    List<Series> all = contenders.stream().map(each -> new Series(each.label())).toList();
    for (int round = 1 - warmUp; round <= rounds; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        Round result = contenders.get(i).run(time);
        progress.accept(line(round, contenders.get(i).label(), result));
        if (round > 0) {
          all.get(i).add(result);
        }
      }
    }
    return all;
  }

  private String line(int round, Contender.Label label, Round result) {
    String which = round > 0 ? "round " + round + " of " + rounds : "warm-up";
    return String.format(
        Locale.ROOT, "%s: %s: %,.0f envelopes/s", which, label.text(), result.rate());
  }
}
