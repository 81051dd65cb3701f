package io.karst.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds for what we ship, and refuses each violation planted against it. */
class ArchitectureTest {

  /** The generators answer for these. */
  private static final ImportOption HANDWRITTEN =
      location -> !location.matches(Pattern.compile(".*/io/karst/(wire|journal)/v1/.*"))
          && !location.matches(Pattern.compile(".*/jmh_generated/.*"));

  private static final List<HouseRule> RULES = Stream.of(
          ArrowRules.all(), CallRules.all(), TypeRules.all())
      .flatMap(all -> all)
      .toList();

  private static JavaClasses shipped;
  private static PlantedClasses planted;

  @BeforeAll
  static void read(@TempDir Path output) throws IOException {
    shipped = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(HANDWRITTEN)
        .importPackages("io.karst");
    planted = new PlantedClasses(
        RULES.stream().flatMap(rule -> rule.planted().stream()).distinct().toList(), output);
  }

  static List<HouseRule> rules() {
    return RULES;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void holdsForWhatWeShip(HouseRule rule) {
    rule.rule().check(shipped);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void refusesWhatIsPlantedAgainstIt(HouseRule rule) {
    for (Planted violation : rule.planted()) {
      assertThat(rule.rule().evaluate(planted.of(violation)).hasViolation())
          .as("%s breaks the rule", violation)
          .isTrue();
    }
  }

  @Test
  void looksAtEveryModule() {
    var modules =
        shipped.stream().map(type -> type.getPackageName().split("\\.", -1)[2]).distinct();
    assertThat(modules)
        .containsExactlyInAnyOrder(
            "domain",
            "proof",
            "journal",
            "actors",
            "wire",
            "edge",
            "server",
            "crypto",
            "client",
            "cli",
            "audit",
            "cassandra",
            "testkit",
            "bench",
            "ratchetbench");
  }
}
