package io.karst.bench;

import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import io.karst.bench.server.DataFolder;
import io.karst.bench.server.Endpoint;
import io.karst.bench.server.OwnServer;
import io.karst.bench.server.Target;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say what is measured. */
final class TargetFlags {

  private static final int LOOK_MILLIS_MAX = 3_000;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "${env:KARST_DATA:-.karst}",
      description = "Data folder of the server on this machine, and where one of the tool's own is"
          + " put. Default: ${DEFAULT-VALUE}")
  private Path data = Path.of(".karst");

  @Option(
      names = "--own-server",
      description =
          "Start a server and a Cassandra for the measurement and throw them away. So it is"
              + " done as well when no server runs here.")
  private boolean ownServer;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "A running server. Default: the one in the data folder."
          + " What is written stays in its log.")
  private @Nullable String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Enrolment token. Default: the data folder's")
  private @Nullable Path tokenFile;

  @Option(
      names = "--cassandra",
      paramLabel = "HOST:PORT",
      description = "The server's Cassandra, for the raw driver. Default: the data folder's")
  private @Nullable String cassandra;

  @Option(
      names = "--datacenter",
      paramLabel = "NAME",
      defaultValue = "datacenter1",
      description = "Cassandra's data center. Default: ${DEFAULT-VALUE}")
  private String datacenter = "datacenter1";

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Use TLS, and trust these authorities, PEM.")
  private @Nullable Path authorities;

  @Option(names = "--allow-remote", description = "Allow servers that are not this machine.")
  private boolean allowRemote;

  /** What was found, to be closed after the measurement. */
  record Found(Target target, Optional<OwnServer> own) implements AutoCloseable {
    @Override
    public void close() {
      own.ifPresent(OwnServer::close);
    }
  }

  /** Finds a server or starts one. */
  Found find(Consumer<String> progress) throws LoadFailure, InterruptedException {
    if (ownServer && (server != null || cassandra != null)) {
      throw new LoadFailure(Kind.USAGE, "--own-server goes with neither --server nor --cassandra");
    }
    var folder = new DataFolder(data);
    if (!ownServer && (server != null || answers(folder.server()))) {
      Target target = running(folder);
      progress.accept(
          "Measuring the server on " + target.server() + "; what is written stays in its log");
      return new Found(allowRemote ? target : target.requireLoopback(), Optional.empty());
    }
    OwnServer own = OwnServer.start(data, progress);
    try {
      return new Found(running(own.data()), Optional.of(own));
    } catch (LoadFailure | RuntimeException e) {
      own.close();
      throw e;
    }
  }

  private Target running(DataFolder folder) throws LoadFailure {
    Endpoint at = server == null
        ? folder.server().orElseThrow(() -> missing("server", "--server"))
        : Endpoint.parse(server);
    Endpoint store = cassandra == null
        ? folder.cassandra().orElseThrow(() -> missing("Cassandra", "--cassandra"))
        : Endpoint.parse(cassandra);
    Path token = tokenFile == null ? folder.enrolmentToken() : tokenFile;
    return new Target(
        at,
        Optional.ofNullable(authorities),
        DataFolder.line(token).orElseThrow(() -> missing("enrolment token", "--token-file")),
        store,
        datacenter);
  }

  private LoadFailure missing(String what, String flag) {
    return new LoadFailure(Kind.USAGE, "no %s in %s: say %s".formatted(what, data, flag));
  }

  private static boolean answers(Optional<Endpoint> endpoint) {
    if (endpoint.isEmpty()) {
      return false;
    }
    try (var socket = new Socket()) {
      socket.connect(endpoint.get().address(), LOOK_MILLIS_MAX);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
