package io.karst.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.karst.cassandra.CassandraStartException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real nodes: each start takes seconds, so each test asks several questions of one. */
class EmbeddedCassandraIT {

  private static final long GONE_SECONDS = 30;

  @TempDir
  private Path folder;

  @Test
  void keepsItsDataThroughAnOrderlyStopAndThroughAKill() throws Exception {
    var progress = new ArrayList<String>();
    var options = NodeOptions.in(folder.resolve("a folder")).withProgress(progress::add);

    try (var node = EmbeddedCassandra.start(options)) {
      assertThat(progress).first().asString().startsWith("Starting Cassandra (its log: ");
      execute(
          node,
          "CREATE KEYSPACE k WITH replication"
              + " = {'class': 'SimpleStrategy', 'replication_factor': 1}");
      execute(node, "CREATE TABLE k.t (id int PRIMARY KEY, word text)");
      execute(node, "INSERT INTO k.t (id, word) VALUES (1, 'stopped')");
    }
    try (var node = EmbeddedCassandra.start(options)) {
      assertThat(wordOf(node, 1)).isEqualTo("stopped");
      execute(node, "INSERT INTO k.t (id, word) VALUES (2, 'killed')");
      node.kill();
      assertThat(node.ended().toCompletableFuture()).succeedsWithin(GONE_SECONDS, TimeUnit.SECONDS);
    }
    try (var node = EmbeddedCassandra.start(options)) {
      assertThat(wordOf(node, 1)).isEqualTo("stopped");
      assertThat(wordOf(node, 2)).isEqualTo("killed");
    }
  }

  @Test
  void refusesAFolderAndAPortThatAnotherNodeHolds() throws Exception {
    var options = NodeOptions.in(folder.resolve("held"));
    try (var node = EmbeddedCassandra.start(options)) {
      assertRefused(
          options, Reason.DATA_FOLDER_IN_USE, "data folder " + options.dataFolder() + " is in use");

      int taken = node.contactPoint().getPort();
      assertRefused(
          NodeOptions.in(folder.resolve("other")).withNativePort(taken),
          Reason.PORT_BUSY,
          "port " + taken + " on 127.0.0.1 is in use");
      assertThat(wordOfSystem(node)).isEqualTo("karst-embedded");
    }
  }

  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    var parent = startParent(folder.resolve("orphan"));
    try (var lines = parent.inputReader()) {
      var child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertThat(child.isAlive()).isTrue();

      parent.destroyForcibly();

      assertThat(child.onExit()).succeedsWithin(GONE_SECONDS, TimeUnit.SECONDS);
    } finally {
      parent.destroyForcibly();
    }
  }

  private static Process startParent(Path data) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            property(NodeOptions.NODE_LIB),
            property(NodeOptions.CACHE),
            ParentProgram.class.getName(),
            data.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String property(String name) {
    return "-D" + name + "=" + System.getProperty(name);
  }

  private static void assertRefused(NodeOptions options, Reason reason, String message) {
    assertThatThrownBy(() -> EmbeddedCassandra.start(options))
        .isInstanceOfSatisfying(
            CassandraStartException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage(message);
  }

  private static void execute(EmbeddedCassandra node, String statement) {
    try (var session = session(node)) {
      session.execute(statement);
    }
  }

  private static String wordOf(EmbeddedCassandra node, int id) {
    return textOf(node, "SELECT word FROM k.t WHERE id = " + id);
  }

  private static String wordOfSystem(EmbeddedCassandra node) {
    return textOf(node, "SELECT cluster_name FROM system.local");
  }

  private static String textOf(EmbeddedCassandra node, String query) {
    try (var session = session(node)) {
      var row = session.execute(query).one();
      assertThat(row).isNotNull();
      return row.getString(0);
    }
  }

  private static CqlSession session(EmbeddedCassandra node) {
    return CqlSession.builder()
        .addContactPoint(node.contactPoint())
        .withLocalDatacenter(EmbeddedCassandra.DATACENTER)
        .build();
  }
}
