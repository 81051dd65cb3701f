package io.karst.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadMistakesTest {

  @TempDir
  Path folder;

  private final StringWriter errors = new StringWriter();

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "--seconds, 0, 1 to 600",
    "--seconds, 601, 1 to 600",
    "--rounds, 0, 1 to 100",
    "--warm-up, 11, 0 to 10",
    "--payload, 0, 1 to 65000",
    "--frame, 65, 1 to 64",
    "--groups, 10001, 1 to 10000",
    "--devices, 65, 1 to 64",
    "--in-flight, 0, 1 to 4096",
    "--raw-in-flight, 1025, 1 to 1024",
    "--replicas, 8, 1 to 7"
  })
  void aNumberOutOfBoundsIsNamedWithItsBounds(String flag, String value, String bounds) {
    assertThat(run(flag, value)).isEqualTo(2);
    assertThat(errors).hasToString("karst: " + flag + " is " + bounds + System.lineSeparator());
  }

  @Test
  void aServerElsewhereIsRefused() throws IOException {
    Files.writeString(folder.resolve("enrolment-token"), "token\n");

    int code = run(
        "--data", folder.toString(), "--server", "192.0.2.1:7400", "--cassandra", "127.0.0.1:1");

    assertThat(code).isEqualTo(2);
    assertThat(errors.toString()).contains("192.0.2.1:7400 is not this machine", "--allow-remote");
  }

  @Test
  void aServerWithoutKnownCassandraIsRefused() throws IOException {
    Files.writeString(folder.resolve("enrolment-token"), "token\n");

    assertThat(run("--data", folder.toString(), "--server", "127.0.0.1:7400")).isEqualTo(2);
    assertThat(errors.toString()).contains("no Cassandra in", "--cassandra");
  }

  @Test
  void aServerThatDoesNotAnswerIsOutOfReach() throws IOException {
    Files.writeString(folder.resolve("enrolment-token"), "token\n");

    int code = run("--data", folder.toString(), "--server", unused(), "--cassandra", unused());

    assertThat(code).isEqualTo(4);
    assertThat(errors.toString()).contains("cannot register");
  }

  @Test
  void anOwnServerAndAnotherContradictEachOther() {
    assertThat(run("--own-server", "--server", "127.0.0.1:7400")).isEqualTo(2);
  }

  private int run(String... arguments) {
    return Load.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
  }

  /** A port that was free a moment ago. */
  private static String unused() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }
}
