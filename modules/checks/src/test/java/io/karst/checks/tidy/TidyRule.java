package io.karst.checks.tidy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule over Java files, and files that break it.
 *
 * @param name what holds, as a sentence
 * @param complaints one line for each place that breaks the rule
 * @param planted sets of files; the rule must complain of each set
 */
record TidyRule(
    String name, Function<List<Source>, Stream<String>> complaints, List<List<Source>> planted) {

  TidyRule {
    planted = List.copyOf(planted);
    if (planted.isEmpty()) {
      throw new IllegalArgumentException("nothing shows that this rule can fail: " + name);
    }
  }

  /** A rule that judges each file by itself. */
  static TidyRule ofEach(
      String name, Function<Source, Stream<String>> complaints, Source... planted) {
    return new TidyRule(
        name,
        sources -> sources.stream().flatMap(complaints),
        Stream.of(planted).map(List::of).toList());
  }

  @Override
  public String toString() {
    return name;
  }
}
