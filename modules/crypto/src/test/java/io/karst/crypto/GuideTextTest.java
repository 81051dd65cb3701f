package io.karst.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every block of Java in the guide is a piece of {@link GuideTest}, in its words and in order. */
class GuideTextTest {

  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PIECE =
      Pattern.compile("// guide: \\w+\n(.*?)\n *// end", Pattern.DOTALL);

  @Test
  void theGuideShowsWhatIsRun() throws IOException {
    var shown = blocks(BLOCK, Path.of("../../docs/guide-ratchets.md"));
    var run = blocks(PIECE, Path.of("src/test/java/io/karst/crypto/GuideTest.java"));
    assertThat(shown).isNotEmpty().containsExactlyElementsOf(run);
  }

  private static List<String> blocks(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult found) -> found.group(1).stripIndent().strip())
        .toList();
  }
}
