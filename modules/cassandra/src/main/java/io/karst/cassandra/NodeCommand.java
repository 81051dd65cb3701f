package io.karst.cassandra;

import io.karst.cassandra.CassandraStartException.Reason;
import io.karst.cassandra.node.GuardedNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the command line of the child JVM. */
final class NodeCommand {

  private final NodeOptions options;
  private final Path java;
  private final List<Path> jars;
  private final StartupArchive archive;

  NodeCommand(NodeOptions options) throws CassandraStartException, IOException {
    this.options = options;
    this.java = Java17.ofThisMachine().program();
    var all = new ArrayList<Path>();
    all.add(GuardJar.in(options.cache()));
    all.addAll(nodeJars(options.nodeLib()));
    this.jars = List.copyOf(all);
    this.archive = new StartupArchive(options.cache(), java, jars);
  }

  StartupArchive archive() {
    return archive;
  }

  /** Starts the child; its standard input must stay open for as long as it shall live. */
  Process run(int nativePort, int storagePort) throws IOException {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(resource("java17.options"));
    command.addAll(archive.flags());
    command.addAll(limits());
    command.addAll(settings());
    command.add(GuardedNode.class.getName());
    command.add(options.dataFolder().toString());
    command.add(Integer.toString(nativePort));
    command.add(Integer.toString(storagePort));

    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // By variable, because a hundred paths would drown the command line in process listings.
    builder.environment().put("CLASSPATH", classPath());
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // meant for the parent, and read by both
    builder.environment().remove("JDK_JAVA_OPTIONS");
    return builder.start();
  }

  private List<String> limits() {
    return List.of(
        "-Xms96m", // small, because Cassandra locks the initial heap in memory
        "-Xmx" + options.heapMebibytes() + "m",
        "-XX:MaxDirectMemorySize=256m",
        "-XX:+UseSerialGC",
        "-Xss512k",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
        "-Dio.netty.eventLoopThreads=4");
  }

  private List<String> settings() {
    var folder = options.dataFolder();
    return List.of(
        "-Dcassandra.config=" + folder.resolve("cassandra.yaml").toUri(),
        "-Dcassandra.storagedir=" + folder,
        "-Dcassandra.logdir=" + folder.resolve("logs"),
        "-Dlogback.configurationFile=io/karst/cassandra/node/logback.xml",
        "-Dcassandra-foreground=yes",
        "-Dcassandra.ring_delay_ms=0", // a ring of one has nobody to wait for
        "-Dcassandra.skip_wait_for_gossip_to_settle=0",
        "-Dcassandra.superuser_setup_delay_ms=0",
        "-Djava.net.preferIPv4Stack=true",
        "-Dcassandra.disable_tcactive_openssl=true");
  }

  private String classPath() {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> nodeJars(Path folder) throws CassandraStartException {
    List<Path> jars;
    try (Stream<Path> entries = Files.list(folder)) {
      jars = entries.filter(entry -> entry.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      jars = List.of();
    }
    if (jars.isEmpty()) {
      throw new CassandraStartException(
          Reason.NO_NODE_JARS, "no Cassandra jars in " + folder + ": build the project first");
    }
    return jars.stream().map(Path::toAbsolutePath).toList();
  }

  private static List<String> resource(String name) throws IOException {
    var in = NodeCommand.class.getResourceAsStream(name);
    if (in == null) {
      throw new FileNotFoundException(name + " is missing from the class path");
    }
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> line.startsWith("-")).toList();
    }
  }
}
