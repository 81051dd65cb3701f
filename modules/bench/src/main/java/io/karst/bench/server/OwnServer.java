package io.karst.bench.server;

import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A server of the tool's own, with the Cassandra within: {@code karst up} in a process of its own,
 * on a folder that is deleted in the end. Not thread-safe.
 */
public final class OwnServer implements AutoCloseable {

  /** A cold start on a busy machine of two cores takes more than a minute. */
  private static final int READY_SECONDS_MAX = 240;

  /** The server drains streams for 10 s, hands over for 30 s, and stops Cassandra. */
  private static final int STOP_SECONDS_MAX = 90;

  private static final int LOOK_MILLIS = 200;

  private final DataFolder data;
  private final Process process;

  private OwnServer(DataFolder data, Process process) {
    this.data = data;
    this.process = process;
  }

  /** Starts a server whose folder is made inside {@code parent}, so that it uses the same disk. */
  public static OwnServer start(Path parent, Consumer<String> progress)
      throws LoadFailure, InterruptedException {
    try {
      Files.createDirectories(parent);
      Path folder = Files.createTempDirectory(parent.toAbsolutePath(), "load");
      progress.accept("Starting a server and its Cassandra in " + folder);
      Process process = new ProcessBuilder(command(folder))
          .redirectErrorStream(true)
          .redirectOutput(log(folder).toFile())
          .start();
      var server = new OwnServer(new DataFolder(folder), process);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "own-server"));
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new LoadFailure(Kind.LOCAL_STATE, "cannot start a server (" + e.getMessage() + ")");
    }
  }

  /** How it is reached. */
  public DataFolder data() {
    return data;
  }

  /** Stops server and Cassandra and deletes what they wrote; does nothing the second time. */
  @Override
  public synchronized void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    delete(data.path());
  }

  private void awaitReady() throws LoadFailure, InterruptedException {
    int looks = READY_SECONDS_MAX * 1000 / LOOK_MILLIS;
    for (int look = 0; look < looks; look++) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw notStarted("it ended with code " + process.exitValue());
      }
      if (data.server().isPresent()) {
        return;
      }
    }
    throw notStarted("it was not ready within " + READY_SECONDS_MAX + " s");
  }

  private LoadFailure notStarted(String why) {
    String said = lastLine();
    close();
    return new LoadFailure(
        Kind.LOCAL_STATE, "the server does not start: " + why + "; it said: " + said);
  }

  private String lastLine() {
    try (Stream<String> lines = Files.lines(log(data.path()), StandardCharsets.UTF_8)) {
      return lines.filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("nothing");
    } catch (IOException e) {
      return "nothing that can be read";
    }
  }

  /**
   * The shipped flags of {@code karst up}, and this program's class path, which holds the server's.
   */
  private static List<String> command(Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms128m", "-Xmx1g", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"));
    int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
    command.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=" + cores);
    for (String name : List.of("karst.cassandra.nodeLib", "karst.cassandra.cache")) {
      Optional.ofNullable(System.getProperty(name))
          .ifPresent(value -> command.add("-D" + name + "=" + value));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(GuardedServer.class.getName());
    command.addAll(List.of("up", "--port", "0", "--data", folder.toString()));
    return command;
  }

  private static Path log(Path folder) {
    return folder.resolve("server.log");
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      // Deleted before, or left for whoever made it undeletable.
    }
  }
}
