package io.karst.ratchetbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.karst.crypto.key.Ed25519Implementation;
import io.karst.ratchetbench.Race.Micros;
import org.junit.jupiter.api.Test;

class ReportTest {

  private final Results results = new Results();
  private final Report report = new Report(new Race.Pace(3, 1, 1), results);

  @Test
  void aRatioIsTakenRoundByRound() {
    measured(Library.KARST, 10, 20, 40);
    measured(Library.LIBOLM, 30, 40, 60);
    assertThat(report.lines())
        .anyMatch(line -> line.matches("Megolm encrypt, 300 B +20\\.0 \\(10\\.0 – 40\\.0\\) +40.*"))
        .anyMatch(line -> line.matches("Megolm encrypt, 300 B +2\\.00 \\(1\\.50 – 3\\.00\\)"));
  }

  @Test
  void theMiddleOfAnEvenNumberLiesBetweenTwo() {
    measured(Library.KARST, 1, 2, 4, 100);
    assertThat(report.lines()).anyMatch(line -> line.contains("3.0 (1.0 – 100.0)"));
  }

  @Test
  void aLibraryThatTookNoPartIsNotMentioned() {
    measured(Library.KARST, 10);
    assertThat(report.lines()).noneMatch(line -> line.contains("libolm"));
  }

  @Test
  void itSaysWhichImplementationSigns() {
    assertThat(report.lines().get(0)).endsWith("Ed25519 by " + Ed25519Implementation.inUse());
  }

  @Test
  void aProgramReadsTheSameFigures() {
    measured(Library.KARST, 10);
    measured(Library.VODOZEMAC, 25);
    var all = JsonParser.parseString(report.json()).getAsJsonObject().getAsJsonArray("results");
    var vodozemac = all.get(1).getAsJsonObject();
    assertThat(vodozemac.get("library").getAsString()).isEqualTo("VODOZEMAC");
    assertThat(vodozemac.getAsJsonObject("karst_faster_cpu").get("median").getAsDouble())
        .isEqualTo(2.5);
  }

  private void measured(Library library, double... micros) {
    for (double each : micros) {
      results.add(Operation.MEGOLM_ENCRYPT, library, new Micros(each, each));
    }
  }
}
