package io.karst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.cli.CommandRun.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The five-minute tour of the README works as it is written, line by line. */
class TourIT {

  private static final Pattern COMMAND = Pattern.compile("^\\./karst (.+)$", Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private final CommandRun user = LiveServer.newUser();

  @Test
  void everyLineOfTheTourSucceeds() throws IOException {
    List<String> lines = tour();
    assertThat(lines).hasSizeGreaterThan(10).startsWith("up");
    for (String line : lines) {
      if (line.equals("up") || line.startsWith("demo")) {
        continue;
      }
      Result result = user.typing("hello from the tour\n/quit\n").run(words(line));
      assertThat(result.err()).as(line).isEmpty();
      assertThat(result.exitCode()).as(line).isZero();
      assertThat(result.out()).as(line).isNotEmpty();
    }
  }

  private static List<String> tour() throws IOException {
    String readme = Files.readString(Checkout.folder().resolve("README.md"));
    String section = readme.split("## Five minutes", 2)[1].split("\n## ", 2)[0];
    return COMMAND.matcher(section).results().map(each -> each.group(1).strip()).toList();
  }

  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words.toArray(new String[0]);
  }
}
