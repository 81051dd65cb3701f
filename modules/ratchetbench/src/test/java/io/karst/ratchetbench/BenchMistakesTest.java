package io.karst.ratchetbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchMistakesTest {

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "--rounds, 0, 1 to 100",
    "--rounds, 101, 1 to 100",
    "--warm-up, 0, 1 to 60",
    "--seconds, 61, 1 to 60",
    "--only, nothing, megolm-encrypt",
    "--only, (, --only"
  })
  void aMistakeIsNamedBeforeAnythingIsMeasured(String flag, String value, String words) {
    var errors = new StringWriter();
    var bench = Bench.commandLine().setErr(new PrintWriter(errors));
    assertThat(bench.execute(flag, value)).isEqualTo(2);
    assertThat(errors.toString()).contains(words);
  }
}
