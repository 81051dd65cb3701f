package io.karst.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table in proto/README.md and the enum say the same. */
class ReasonTableTest {

  private static final Path README = Path.of("../../proto/README.md");

  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Z_]+)` \\| (?:server|device|both) \\|", Pattern.MULTILINE);

  @Test
  void everyReasonIsExplainedToClientAuthorsInOrder() throws IOException {
    List<String> rows =
        ROW.matcher(Files.readString(README)).results().map(row -> row.group(1)).toList();
    assertThat(rows)
        .isEqualTo(Arrays.stream(UnreadableReason.values()).map(Enum::name).toList());
  }
}
