package io.karst.server;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the server against a Cassandra that somebody else runs. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Starts the server against an external Cassandra, by configuration alone.",
    footer = {"", "Example:", "  karst serve --config /etc/karst/karst.conf"})
final class ServeCommand implements Callable<Integer> {

  private final InstantSource clock;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Configuration; config/karst.conf names every setting.")
  private Path file = Path.of("karst.conf");

  ServeCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws StartException, InterruptedException {
    ServerOptions options = ServerConfig.read(file).options(clock);
    RunningServer server = RunningServer.start(options, clock, new SecureRandom()::nextBytes);
    ShutdownSequence stop = ShutdownSequence.install(server::stop);
    server.ended().thenRun(() -> stop.runBecause("the cluster gave this node up"));
    spec.commandLine().getOut().println("Karst is ready on " + server.endpoint());
    spec.commandLine().getOut().flush();
    return stop.await();
  }
}
