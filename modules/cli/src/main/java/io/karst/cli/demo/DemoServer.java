package io.karst.cli.demo;

import io.karst.cli.CommandFailure;
import io.karst.cli.profile.Deployment;
import io.karst.cli.profile.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server of the demo's own, in a process that can be killed: {@code karst up} on a data folder
 * that is thrown away. One thread.
 */
final class DemoServer implements AutoCloseable {

  /** A slow machine with a cold disk needs most of it. */
  private static final int READY_SECONDS_MAX = 180;

  private static final int LOOK_MILLIS = 200;
  private static final int STOP_SECONDS_MAX = 30;

  private final Path launcher;
  private final Deployment deployment;
  private final int port;
  private Optional<Process> process = Optional.empty();

  DemoServer(Path launcher, Deployment deployment) throws IOException {
    this.launcher = launcher;
    this.deployment = deployment;
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = probe.getLocalPort();
    }
  }

  /** The same before and after a restart. */
  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", port);
  }

  /**
   * Starts the server and waits until it takes calls. It announces that by writing its endpoint.
   */
  void start() {
    try {
      Files.deleteIfExists(deployment.endpointFile());
      Process started = command().start();
      process = Optional.of(started);
      awaitReady(started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unreachable("interrupted");
    }
  }

  private ProcessBuilder command() {
    Path log = deployment.folder().resolve("demo-server.log");
    return new ProcessBuilder(List.of(
            launcher.toString(),
            "up",
            "--data",
            deployment.folder().toString(),
            "--port",
            Integer.toString(port)))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  private void awaitReady(Process started) throws IOException, InterruptedException {
    int looks = READY_SECONDS_MAX * 1000 / LOOK_MILLIS;
    for (int look = 0; look < looks; look++) {
      if (Files.exists(deployment.endpointFile())) {
        return;
      }
      if (started.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw CommandFailure.unreachable(
            "the demo's server ended with code " + started.exitValue() + ": " + lastWords());
      }
    }
    throw CommandFailure.unreachable(
        "the demo's server is not ready after " + READY_SECONDS_MAX + " s");
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(deployment.folder().resolve("demo-server.log"));
    return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
  }

  /** Ends the process as a power cut would: SIGKILL, nothing is flushed. */
  void kill() {
    process.ifPresent(running -> {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      awaitEnd(running.destroyForcibly());
    });
    process = Optional.empty();
  }

  private static void awaitEnd(Process ending) {
    try {
      if (!ending.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw CommandFailure.localState("the demo's server does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unreachable("interrupted");
    }
  }

  @Override
  public void close() {
    kill();
  }
}
