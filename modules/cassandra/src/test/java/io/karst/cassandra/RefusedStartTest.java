package io.karst.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.cassandra.CassandraStartException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong before Cassandra itself runs, in one line each. */
class RefusedStartTest {

  @TempDir
  private Path folder;

  @Test
  void saysThatTheJarsAreMissing() {
    var empty = folder.resolve("nothing");
    assertRefused(
        NodeOptions.in(folder.resolve("data")).withNodeLib(empty),
        Reason.NO_NODE_JARS,
        "no Cassandra jars in " + empty + ": build the project first");
  }

  @Test
  void saysThatTheDataFolderCannotBeCreated() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    var data = file.resolve("data");
    assertThatThrownBy(() -> EmbeddedCassandra.start(NodeOptions.in(data)))
        .isInstanceOfSatisfying(
            CassandraStartException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.DATA_FOLDER_UNUSABLE))
        .hasMessageStartingWith("cannot create data folder " + data);
  }

  @Test
  void saysHowTheNodeEndedWhenItEndsEarly() throws IOException {
    var jars = Files.createDirectory(folder.resolve("jars"));
    Files.createFile(jars.resolve("not-cassandra.jar"));
    assertThatThrownBy(
            () -> EmbeddedCassandra.start(NodeOptions.in(folder.resolve("d")).withNodeLib(jars)))
        .isInstanceOfSatisfying(
            CassandraStartException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DIED))
        .hasMessageContaining("Cassandra ended with code 1")
        .hasMessageContaining("org.apache.cassandra.service.CassandraDaemon");
  }

  @Test
  void stopsANodeThatIsNotReadyInTime() {
    var options = NodeOptions.in(folder.resolve("late")).withReadyWithin(Duration.ofMillis(1));
    assertThatThrownBy(() -> EmbeddedCassandra.start(options))
        .isInstanceOfSatisfying(
            CassandraStartException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT))
        .hasMessageStartingWith("Cassandra was not ready within 0 s");
  }

  @Test
  void takesTheOwnJavaFirstThenTheInstalledOnes() throws Exception {
    var own = javaHome("own", "17.0.1");
    var installed = javaHome("installed/b", "17.0.2");
    javaHome("installed/a", "21.0.1");
    var roots = List.of(folder.resolve("none"), folder.resolve("installed"));

    assertThat(new Java17(Map.of(), own, roots).program()).isEqualTo(own.resolve("bin/java"));
    assertThat(new Java17(Map.of(), javaHome("new", "25"), roots).program())
        .isEqualTo(installed.resolve("bin/java"));
  }

  @Test
  void takesTheNamedJavaOrSaysThatItIsNotA17() throws Exception {
    var own = javaHome("own", "17.0.1");
    var named = javaHome("named", "17");
    var wrong = javaHome("wrong", "21.0.1");

    assertThat(finding(named, own).program()).isEqualTo(named.resolve("bin/java"));
    assertThatThrownBy(() -> finding(wrong, own).program())
        .hasMessage("KARST_CASSANDRA_JAVA_HOME=" + wrong + " is not a Java 17");
  }

  @Test
  void saysThatThereIsNoJava17() throws IOException {
    var finder = new Java17(Map.of(), javaHome("own", "25.0.1"), List.of());
    assertThatThrownBy(finder::program)
        .hasMessage("Cassandra needs a Java 17: install one or set KARST_CASSANDRA_JAVA_HOME");
  }

  private static Java17 finding(Path named, Path own) {
    return new Java17(Map.of(Java17.VARIABLE, named.toString()), own, List.of());
  }

  private Path javaHome(String name, String version) throws IOException {
    var home = folder.resolve(name);
    var bin = Files.createDirectories(home.resolve("bin"));
    assertThat(Files.createFile(bin.resolve("java")).toFile().setExecutable(true))
        .isTrue();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void assertRefused(NodeOptions options, Reason reason, String message) {
    assertThatThrownBy(() -> EmbeddedCassandra.start(options))
        .isInstanceOfSatisfying(
            CassandraStartException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage(message);
  }
}
