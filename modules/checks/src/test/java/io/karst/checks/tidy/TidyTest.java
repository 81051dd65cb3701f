package io.karst.checks.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds for every file, and complains of each file planted against it. */
class TidyTest {

  private static List<Source> sources = List.of();

  @BeforeAll
  static void read() {
    sources = Source.ofProject();
    assertThat(sources).extracting(Source::fileName).contains("TidyTest.java");
  }

  static Stream<TidyRule> rules() {
    return Stream.of(SizeRules.all(), WordRules.all(), TestRules.all()).flatMap(all -> all);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void holdsForEveryFile(TidyRule rule) {
    assertThat(rule.complaints().apply(sources)).as(rule.name()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void complainsOfWhatIsPlantedAgainstIt(TidyRule rule) {
    for (List<Source> files : rule.planted()) {
      assertThat(rule.complaints().apply(files))
          .as("%s breaks the rule", files.get(files.size() - 1).lines())
          .isNotEmpty();
    }
  }
}
