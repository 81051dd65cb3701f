package io.karst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/examples run against a live server as they are written. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExamplesIT {

  private static final Path EXAMPLES = Checkout.folder().resolve("docs/examples");

  @TempDir
  private Path folder = Path.of("set by JUnit");

  @Test
  void theNodeExampleRegistersAndReads() throws Exception {
    Path node = EXAMPLES.resolve("node");
    assertThat(output(node, "npm", "ci", "--ignore-scripts", "--no-progress")).contains("added ");
    String member = LiveServer.fresh("node");
    assertThat(output(node, "node", "main.mjs", member)).isEqualTo("""
            health: SERVING
            registered: %1$s/node, 10 one-time keys
            authenticated: the server took the signed challenge
            devices of %1$s: version 1: node
            inbox: 0 items
            """.formatted(member));
  }

  @Test
  void theNodeExampleSaysWhyItWasRefused() throws Exception {
    Path node = EXAMPLES.resolve("node");
    output(node, "npm", "ci", "--ignore-scripts", "--no-progress");
    assertThat(output(node, "node", "main.mjs", "not a name")).contains("failed: ID_INVALID");
  }

  @Test
  void theJavaExampleSendsAMessage() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String said = output(
        EXAMPLES.resolve("java"),
        java,
        "-cp",
        System.getProperty("java.class.path"),
        "HelloKarst.java",
        LiveServer.host(),
        Integer.toString(LiveServer.port()),
        LiveServer.enrolmentToken(),
        folder.toString());
    assertThat(said).endsWith("bob reads: hello\n");
  }

  /** Everything that a program prints. A missing program fails with its name. */
  private String output(Path directory, String... command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    builder.environment().put("KARST_SERVER", LiveServer.endpoint());
    builder
        .environment()
        .put("KARST_TOKEN_FILE", LiveServer.data().resolve("enrolment-token").toString());
    Process process = start(builder, command[0]);
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(command[0] + " ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  private static Process start(ProcessBuilder builder, String program) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new AssertionError(program + " is missing: this test needs Node 20", e);
    }
  }
}
