package io.karst.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A whole server, its embedded Cassandra included, in a process that a test may kill.
 *
 * <p>It is {@code karst up} on loopback, from the class path that the build of
 * {@code modules/server} left; a module that uses it names {@code karst-server} as a dependency of
 * type {@code pom}. It ends with the test's JVM at the latest. Not thread-safe.
 */
public final class ServerProcess implements AutoCloseable {

  /** A cold start on a busy machine of two cores takes more than a minute. */
  private static final int READY_SECONDS_MAX = 240;

  private static final int END_SECONDS_MAX = 60;
  private static final int LOOK_MILLIS = 100;
  private static final int LOG_LINES_SHOWN = 40;

  private final ServerLaunch launch;
  private final Path data;
  private final List<String> options;
  private Optional<Process> process = Optional.empty();
  private String endpoint = "127.0.0.1:0";

  private ServerProcess(ServerLaunch launch, Path data, List<String> options) {
    this.launch = launch;
    this.data = data;
    this.options = List.copyOf(options);
  }

  /**
   * Starts a server on an empty data folder under {@code target} and waits until it takes calls.
   *
   * @param options further ones of {@code karst up}
   */
  public static ServerProcess start(String... options) {
    return start(ServerLaunch.PLAIN, options);
  }

  /** The same, started in another way. */
  public static ServerProcess start(ServerLaunch launch, String... options) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "servers").toAbsolutePath());
      Path data = Files.createTempDirectory(parent, "data");
      var server = new ServerProcess(launch, data, List.of(options));
      Runtime.getRuntime().addShutdownHook(new Thread(server::kill, "server-kill"));
      server.run();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The data folder: {@code endpoint}, {@code enrolment-token} and {@code auditor-token} are in it.
   */
  public Path data() {
    return data;
  }

  /** {@code HOST:PORT}; the same after a restart. */
  public String endpoint() {
    return endpoint;
  }

  /** {@code 127.0.0.1}. */
  public String host() {
    return endpoint.substring(0, endpoint.lastIndexOf(':'));
  }

  public int port() {
    return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
  }

  /** The server's process id. */
  public long pid() {
    return process.orElseThrow(() -> new IllegalStateException("not running")).pid();
  }

  /** What the server printed since its first start. */
  public Path log() {
    return data.resolve("server.log");
  }

  /** The token that the server left for members. */
  public String enrolmentToken() {
    return firstLine("enrolment-token");
  }

  /** The token that the server left for auditors. */
  public String auditorToken() {
    return firstLine("auditor-token");
  }

  /**
   * SIGKILL to the server; waits until it and its Cassandra are gone. What was not synced is lost.
   */
  public void kill() {
    process.ifPresent(running -> {
      List<ProcessHandle> children = running.descendants().toList();
      running.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      awaitEnd(running.toHandle());
      children.forEach(ServerProcess::awaitEnd);
    });
    process = Optional.empty();
  }

  /** SIGTERM; waits until the server has stopped in order. Answers its exit code. */
  public int stop() {
    Process running = process.orElseThrow(() -> new IllegalStateException("not running"));
    List<ProcessHandle> children = running.descendants().toList();
    running.destroy();
    awaitEnd(running.toHandle());
    children.forEach(ServerProcess::awaitEnd);
    process = Optional.empty();
    return running.exitValue();
  }

  /** Starts a server that was killed or stopped, with its data and its port. */
  public void restart() {
    if (process.isPresent()) {
      throw new IllegalStateException("still running");
    }
    run();
  }

  private void run() {
    try {
      Files.deleteIfExists(data.resolve("endpoint"));
      Process started = new ProcessBuilder(command())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
          .start();
      process = Optional.of(started);
      awaitReady(started);
      endpoint = firstLine("endpoint");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() throws IOException {
    List<String> arguments = new ArrayList<>(
        List.of("up", "--data", data.toString(), "--port", Integer.toString(port())));
    arguments.addAll(options);
    return ServerProgram.command(launch, arguments);
  }

  private void awaitReady(Process started) throws IOException {
    Path announced = data.resolve("endpoint");
    int looks = READY_SECONDS_MAX * 1000 / LOOK_MILLIS;
    for (int look = 0; look < looks && !Files.exists(announced); look++) {
      if (ended(started)) {
        throw new IllegalStateException(
            "the server ended with code " + started.exitValue() + ":\n" + lastWords());
      }
    }
    if (!Files.exists(announced)) {
      kill();
      throw new IllegalStateException(
          "the server was not ready within " + READY_SECONDS_MAX + " s:\n" + lastWords());
    }
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join(
        "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
  }

  private String firstLine(String file) {
    try {
      return Files.readString(data.resolve(file), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean ended(Process started) {
    try {
      return started.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(END_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("process " + process.pid() + " does not end", e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
