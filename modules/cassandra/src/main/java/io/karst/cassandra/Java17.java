package io.karst.cassandra;

import io.karst.cassandra.CassandraStartException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the Java that Cassandra runs on, which is 17 and no other.
 *
 * <p>On newer ones Cassandra 5 dies at start ("Setting a system-wide Policy object is not
 * supported"), while the server itself may run on any Java from 17 on.
 */
record Java17(Map<String, String> environment, Path ownHome, List<Path> searched) {

  static final String VARIABLE = "KARST_CASSANDRA_JAVA_HOME";

  private static final int FOLDERS_MAX = 200; // far more Javas than anybody installs

  Java17 {
    environment = Map.copyOf(environment);
    searched = List.copyOf(searched);
  }

  /** Looks where this machine's Javas usually are. */
  static Java17 ofThisMachine() {
    var user = Path.of(System.getProperty("user.home"));
    return new Java17(
        System.getenv(),
        Path.of(System.getProperty("java.home")),
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/usr/java"),
            Path.of("/opt"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"),
            user.resolve("Library/Java/JavaVirtualMachines")));
  }

  /** The {@code java} program to run, or why there is none. */
  Path program() throws CassandraStartException {
    var named = environment.get(VARIABLE);
    if (named != null) {
      return programOf(Path.of(named))
          .orElseThrow(() -> missing(VARIABLE + "=" + named + " is not a Java 17"));
    }
    return Stream.concat(Stream.of(ownHome), searched.stream().flatMap(Java17::homesIn))
        .flatMap(home -> programOf(home).stream())
        .findFirst()
        .orElseThrow(() -> missing("Cassandra needs a Java 17: install one or set " + VARIABLE));
  }

  private static Stream<Path> homesIn(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.limit(FOLDERS_MAX).sorted().toList().stream()
          .flatMap(entry -> Stream.of(entry, entry.resolve("Contents/Home")));
    } catch (IOException e) {
      return Stream.of(); // no such folder: no Java in it
    }
  }

  private static Optional<Path> programOf(Path home) {
    var program = home.resolve("bin/java");
    return is17(home) && Files.isExecutable(program) ? Optional.of(program) : Optional.empty();
  }

  private static boolean is17(Path home) {
    try (var lines = Files.lines(home.resolve("release"))) {
      return lines.anyMatch(line -> line.matches("JAVA_VERSION=\"17(\\..*)?\""));
    } catch (IOException e) {
      return false;
    }
  }

  private static CassandraStartException missing(String message) {
    return new CassandraStartException(Reason.NO_JAVA_17, message);
  }
}
