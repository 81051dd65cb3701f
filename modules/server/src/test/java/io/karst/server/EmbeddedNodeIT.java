package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.testkit.ServerProgram;
import io.karst.testkit.ServerProgram.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up}: the server and its Cassandra live and die together. */
class EmbeddedNodeIT {

  private static final long GONE_SECONDS_MAX = 30;

  @TempDir
  private Path folder;

  @Test
  void neitherOutlivesTheOtherAndNobodyElseGetsTheirFolder() throws Exception {
    Path data = folder.resolve("a folder");
    try (ServerProgram server = up(data)) {
      server.awaitReady();
      assertThat(data.resolve("cassandra/logs/cassandra.log")).isNotEmptyFile();
      StartAssertions.assertRefused(
          ServerProgram.run("up", "--data", data.toString(), "--port", "0"),
          ExitCode.DATA_FOLDER,
          "karst: data folder " + data + " is in use by another server");

      assertThat(onlyChildOf(server).destroyForcibly()).isTrue();

      Ended ended = server.awaitEnd();
      StartAssertions.assertRefused(
          ended, ExitCode.CASSANDRA, "karst: Cassandra has ended; stopping");
    }
    String secret = Files.readString(data.resolve("enrolment-token"));
    try (ServerProgram server = up(data)) {
      server.awaitReady();
      assertThat(Files.readString(data.resolve("enrolment-token"))).isNotEqualTo(secret);
      ProcessHandle cassandra = onlyChildOf(server);

      assertThat(server.handle().destroyForcibly()).isTrue();

      assertThat(cassandra.onExit()).succeedsWithin(GONE_SECONDS_MAX, TimeUnit.SECONDS);
    }
    StartAssertions.assertNothingRunsIn(folder);
  }

  private static ServerProgram up(Path data) {
    return ServerProgram.start("up", "--data", data.toString(), "--port", "0");
  }

  private static ProcessHandle onlyChildOf(ServerProgram server) {
    List<ProcessHandle> children = server.handle().children().toList();
    assertThat(children).hasSize(1);
    return children.get(0);
  }
}
