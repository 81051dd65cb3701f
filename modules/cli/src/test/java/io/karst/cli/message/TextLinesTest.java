package io.karst.cli.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.cli.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is piped into a command is text, line by line, or the user is told which line is not. */
class TextLinesTest {

  @Test
  void linesEndWithALineFeedOrTheStream() throws IOException {
    assertThat(all("one\n\ntwo\r\nlast")).containsExactly("one", "", "two", "last");
    assertThat(all("one\n")).containsExactly("one");
    assertThat(all("")).isEmpty();
    assertThat(all("h\u00f6hle \ud83e\udd87\n")).containsExactly("h\u00f6hle \ud83e\udd87");
  }

  @Test
  void bytesThatAreNoTextAreRefusedAndNotReplaced() throws IOException {
    var lines = lines(new byte[] {'o', 'k', '\n', 'x', (byte) 0xff, '\n', 'y'});
    assertThat(lines.next()).contains("ok");
    assertThatThrownBy(lines::next)
        .isInstanceOf(CommandFailure.class)
        .hasMessage("line 2 of the standard input is no UTF-8 text");
  }

  @Test
  void aLineHasAGreatestLength() throws IOException {
    String longest = "x".repeat(TextLines.LINE_BYTES_MAX);
    assertThat(all(longest.substring(1) + "\n" + longest + "\n"))
        .containsExactly(longest.substring(1), longest);
    assertThatThrownBy(() -> all(longest + "x\n"))
        .hasMessage("line 1 of the standard input is longer than 65536 bytes");
  }

  private static List<String> all(String text) throws IOException {
    var lines = lines(text.getBytes(StandardCharsets.UTF_8));
    List<String> all = new ArrayList<>();
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      all.add(line.get());
    }
    return all;
  }

  private static TextLines lines(byte[] bytes) {
    return new TextLines(new ByteArrayInputStream(bytes));
  }
}
