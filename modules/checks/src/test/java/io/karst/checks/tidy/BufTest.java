package io.karst.checks.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API's files as Buf judges them: names, comments, packages, as {@code buf.yaml} demands. */
class BufTest {

  private static final String RULES_BROKEN = "100";

  @TempDir
  private Path copy;

  @Test
  void theApiIsClean() throws Exception {
    assertThat(lint(Project.root().resolve("proto"))).isEqualTo("0\n");
  }

  @Test
  void aMethodWithoutACommentAndABadNameAreFound() throws Exception {
    copyOf(Project.root().resolve("proto"));
    Path file = copy.resolve("karst/v1/planted.proto");
    Files.writeString(file, """
        syntax = "proto3";
        package karst.v1;
        message bad_name {
          string text = 1;
        }
        """);

    assertThat(lint(copy))
        .startsWith(RULES_BROKEN + "\n")
        .contains("planted.proto")
        .contains("bad_name")
        .contains("comment");
  }

  /** The exit code on a line of its own, then what Buf printed. */
  private static String lint(Path folder) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(buf().toString(), "lint")
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + "\n" + said;
  }

  private static Path buf() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "Buf is fixed by its hash for Linux alone");
    String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64";
    Path packages = Project.root().resolve("modules/testkit/peers/node_modules");
    Path buf = packages.resolve("@bufbuild/buf-linux-" + machine + "/bin/buf");
    assertThat(buf)
        .as("run ./karst test, or npm ci --ignore-scripts in modules/testkit/peers")
        .isExecutable();
    return buf;
  }

  private void copyOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
