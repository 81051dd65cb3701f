package io.karst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.cli.CommandRun.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a user mistypes ends with exit code 2 and one clear line, never with a stack. */
class UsageMistakesTest {

  @TempDir
  private Path data = Path.of("set by JUnit");

  @BeforeEach
  void twoProfiles() throws IOException {
    profile("ann");
    profile("bob");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("", "which command?"),
        mistake("group", "which group command?"),
        mistake("snd caves hello", "Did you mean: karst send?"),
        mistake("--nonsense", "Unknown option: '--nonsense'"),
        mistake("send", "Missing required parameter: 'GROUP'"),
        mistake("send caves one two", "Unmatched argument at index 3: 'two'"),
        mistake("register", "Missing required parameter: 'NAME'"),
        mistake("register carol --as .x", "a profile's name has 1 to 64 characters"),
        mistake("register a/b --as x", "'a/b': member id has a character outside"),
        mistake("register carol --device a/b", "'a/b': device id has a character outside"),
        mistake("register carol", "no enrolment token in"),
        mistake("listen caves", "which profile? Say --as ann or --as bob"),
        mistake("listen caves --as dave", "no profile 'dave'"),
        mistake("listen caves --as ../ann", "a profile's name has 1 to 64 characters"),
        mistake("listen caves --as ann", "which server?"),
        mistake("listen caves --as ann --server chat", "a server is HOST:PORT"),
        mistake("listen caves --as ann --server chat:0", "a server is HOST:PORT"),
        mistake("listen caves --as ann --server chat:70000", "a server is HOST:PORT"),
        mistake("listen caves --as ann --from yesterday", "Invalid value for option '--from'"),
        mistake("listen caves --as ann --count some", "Invalid value for option '--count'"),
        mistake("listen caves --as ann --count -1", "--count and --timeout are not negative"),
        mistake("listen caves --as ann --timeout -1", "--count and --timeout are not negative"),
        mistake("listen --as ann --server 127.0.0.1:1 --wait 0", "--wait is a number of seconds"),
        mistake("listen --as ann --server 127.0.0.1:1 --wait -3", "--wait is a number of seconds"),
        mistake("send caves h\ufffdhle --as ann", "TEXT is no text in this locale's encoding"),
        mistake("note h\ufffdhle --as ann", "TEXT is no text in this locale's encoding"),
        mistake("note --as ann", "Missing required parameter: 'TEXT'"),
        mistake("note the milk --as ann", "Unmatched argument at index 2: 'milk'"),
        mistake("notes caves --as ann", "Unmatched argument at index 1: 'caves'"),
        mistake("notes --as ann --timeout -1", "--count and --timeout are not negative"),
        mistake("notes --as ann --count -1", "--count and --timeout are not negative"),
        mistake("register " + "a".repeat(10_000) + " --as x", "aaa...': member id has"),
        mistake("history caves --as ann --from-epoch 0", "epochs are 1, 2, 3 and so on"),
        mistake("history caves --as ann --count -1", "--count is not negative"),
        mistake("audit who-could-read caves", "--offset=N | --at=TIME"),
        mistake("audit who-could-read caves --at noon", "a time is as 2026-01-31T12:00:00Z"),
        mistake("audit who-could-read caves --offset -1", "offsets are 0, 1, 2 and so on"),
        mistake("group add caves", "Missing required parameter: 'MEMBER'"));
  }

  @ParameterizedTest(name = "karst {0}")
  @MethodSource("mistakes")
  void aMistakeIsOneLineAndExitCodeTwo(String line, String explanation) {
    Result result = CommandRun.in(data).run(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("karst: ").contains(explanation);
    assertThat(result.err()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(result.err().lines().count()).isLessThanOrEqualTo(3);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aNewProfileInAnEmptyHomeIsSuggested() {
    Result result = CommandRun.in(data.resolve("empty")).run("group", "list");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("make one with karst register NAME");
  }

  @Test
  void theProfileMayComeFromTheEnvironment() {
    Result result = CommandRun.in(data).with("KARST_PROFILE", "ann").run("group", "list");
    assertThat(result.err()).contains("which server?");
  }

  @Test
  void verboseShowsTheStackOfAMistakeToo() {
    Result result = CommandRun.in(data).run("listen", "caves", "--as", "dave", "--verbose");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("\tat ");
  }

  private void profile(String name) throws IOException {
    Path folder = Files.createDirectories(data.resolve("cli/profiles/" + name));
    Files.writeString(
        folder.resolve("profile.json"), "{\"member\":\"" + name + "\",\"device\":\"cli\"}");
  }

  private static Arguments mistake(String line, String explanation) {
    return Arguments.of(line, explanation);
  }
}
