package io.karst.cli.demo;

import io.karst.cli.CommandFailure;
import io.karst.cli.ExitCode;
import io.karst.cli.Surroundings;
import io.karst.cli.profile.Deployment;
import io.karst.cli.profile.Endpoint;
import io.karst.cli.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays the demo against a server, with devices that are thrown away. */
@Command(
    name = "demo",
    description = "Shows what Karst promises, and checks it, with devices that are thrown away.",
    footer = {
      "",
      "Ends with code 0 when every check holds, else with 1.",
      "",
      "Examples:",
      "  karst demo",
      "  karst demo --with-server"
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int CHECK_FAILED = 1;

  @Option(
      names = "--with-server",
      description = "Starts a server of its own in a temporary folder, and kills it in the middle.")
  private boolean withServer;

  private final Surroundings surroundings;
  private final Sessions sessions;

  public DemoCommand(Surroundings surroundings, Sessions sessions) {
    this.surroundings = surroundings;
    this.sessions = sessions;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("karst-demo");
    try {
      boolean held = withServer
          ? playWithServer(folder)
          : play(folder, sessions.locations().deployment());
      return held ? ExitCode.OK.number() : CHECK_FAILED;
    } finally {
      delete(folder);
    }
  }

  private boolean playWithServer(Path folder) throws IOException {
    Deployment deployment = new Deployment(Files.createDirectory(folder.resolve("server")));
    try (var server = new DemoServer(launcher(), deployment)) {
      surroundings.out().println("Starting a server of the demo's own ...");
      server.start();
      return new Performance(surroundings, sessions, folder)
          .play(server.endpoint(), deployment, Optional.of(server));
    }
  }

  private boolean play(Path folder, Deployment deployment) throws IOException {
    Endpoint endpoint = sessions.locations().endpoint(Optional.empty());
    return new Performance(surroundings, sessions, folder)
        .play(endpoint, deployment, Optional.empty());
  }

  private Path launcher() {
    return surroundings
        .variable("KARST_LAUNCHER")
        .map(Path::of)
        .orElseThrow(() -> CommandFailure.usage(
            "--with-server needs the launcher: run it as ./karst demo --with-server"));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
