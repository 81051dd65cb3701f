package io.karst.crypto.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Jazzer looks for inputs that reach new code in the decoders, and for one that does not hold.
 *
 * <p>It runs in a JVM of its own, since it rewrites classes as they load: for seconds, or for hours
 * with {@code -Dkarst.long=true}, or for {@code -Dkarst.fuzz.seconds}. What it learned stays in
 * {@code target/fuzz/corpus} for the next run. An input that it found lies in
 * {@code target/fuzz/found}: put it into {@code src/test/resources/fuzz}, where
 * {@link DecodersTest} feeds it for good.
 */
class DecodersFuzzIT {

  private static final long SHORT_SECONDS = 10;
  private static final long LONG_SECONDS = TimeUnit.HOURS.toSeconds(2);

  /** Instrumenting the classes of a first run takes a while on a slow machine. */
  private static final long START_SECONDS_MAX = 240;

  private static final Path FOLDER = Path.of("target", "fuzz");

  @Test
  void noInputIsFoundThatDoesNotHold() throws Exception {
    Path corpus = Files.createDirectories(FOLDER.resolve("corpus"));
    Files.createDirectories(FOLDER.resolve("found"));
    for (int place = 0; place < FuzzTarget.all().size(); place++) {
      Files.write(corpus.resolve("seed-" + place), FuzzTarget.seed(place));
    }
    Path log = FOLDER.resolve("log");

    int exit = run(corpus, log, seconds());

    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    assertThat(exit).as(() -> String.join("\n", lines)).isZero();
    assertThat(lines)
        .as("an end of the run")
        .anySatisfy(line -> assertThat(line).startsWith("stat::number_of_executed_units:"));
    lines.stream()
        .filter(line -> line.startsWith("INFO: Seed:") || line.startsWith("Done "))
        .forEach(System.out::println);
  }

  private static int run(Path corpus, Path log, long seconds)
      throws IOException, InterruptedException {
    Process jazzer = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            classPath(),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + FuzzTarget.class.getName(),
            "--instrumentation_includes=io.karst.crypto.**",
            "--custom_hook_includes=none",
            "-max_total_time=" + seconds,
            "-max_len=8192",
            "-timeout=60",
            "-print_final_stats=1",
            "-artifact_prefix=" + FOLDER.resolve("found") + "/",
            corpus.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    try {
      assertThat(jazzer.waitFor(seconds + START_SECONDS_MAX, TimeUnit.SECONDS))
          .as("the fuzzer ends in time")
          .isTrue();
      return jazzer.exitValue();
    } finally {
      jazzer.destroyForcibly();
    }
  }

  private static long seconds() {
    return Long.getLong(
        "karst.fuzz.seconds", Boolean.getBoolean("karst.long") ? LONG_SECONDS : SHORT_SECONDS);
  }

  /** The test runner starts with a jar that names the real path, which the fuzzer cannot read. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
