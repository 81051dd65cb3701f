package io.karst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.cli.CommandRun.Result;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command explains itself. */
class HelpTest {

  @TempDir
  private Path data = Path.of("set by JUnit");

  static Stream<List<String>> commands() {
    List<List<String>> paths = new ArrayList<>();
    OutputStream nowhere = OutputStream.nullOutputStream();
    CommandLine tree =
        CommandTree.of(CommandRun.in(Path.of("unused")).surroundings(nowhere, nowhere));
    collect(tree, List.of(), paths);
    return paths.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void helpHasADescriptionAndAnExample(List<String> path) {
    Result result = run(path, "--help");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("Usage: karst");
    if (!path.contains("completion")) {
      assertThat(result.out()).contains("Examples:").contains("  karst ");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void helpFitsIntoAHundredColumns(List<String> path) {
    assertThat(run(path, "--help").lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void theVersionIsPrinted() {
    Result result = CommandRun.in(data).run("--version");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("karst ");
  }

  @Test
  void completionIsAShellScriptThatKnowsTheCommands() {
    Result result = CommandRun.in(data).run("completion");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("rotate")
        .contains("listen");
  }

  private Result run(List<String> path, String option) {
    var words = new ArrayList<>(path);
    words.add(option);
    return CommandRun.in(data).run(words.toArray(new String[0]));
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> paths) {
    paths.add(path);
    command.getSubcommands().forEach((name, each) -> {
      var longer = new ArrayList<>(path);
      longer.add(name);
      collect(each, longer, paths);
    });
  }
}
