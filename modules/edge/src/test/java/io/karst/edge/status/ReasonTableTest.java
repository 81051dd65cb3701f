package io.karst.edge.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.refusal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table in proto/README.md and the enum say the same. */
class ReasonTableTest {

  private static final Path README = Path.of("../../proto/README.md");

  private static final Pattern ROW = Pattern.compile(
      "^\\| `([A-Z0-9_]+)` \\| ([A-Z_]+) \\| [^|]+ \\| [^|]+ \\|$", Pattern.MULTILINE);

  @Test
  void theTableListsEachReasonWithItsCodeInTheOrderOfTheEnum() throws IOException {
    List<String> rows = ROW.matcher(Files.readString(README))
        .results()
        .map(ReasonTableTest::reasonAndCode)
        .toList();
    List<String> reasons = Arrays.stream(Reason.values())
        .map(reason -> reason.name() + " " + Statuses.code(reason))
        .toList();
    assertThat(rows).isEqualTo(reasons);
  }

  private static String reasonAndCode(MatchResult row) {
    return row.group(1) + " " + row.group(2);
  }
}
