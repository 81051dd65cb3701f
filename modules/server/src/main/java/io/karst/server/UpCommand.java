package io.karst.server;

import io.karst.cassandra.CassandraStartException;
import io.karst.cassandra.EmbeddedCassandra;
import io.karst.cassandra.NodeOptions;
import io.karst.domain.device.AccountRole;
import io.karst.domain.id.MemberId;
import io.karst.edge.auth.OwnEnrolment;
import io.karst.edge.auth.ServerSecret;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs everything on this machine: an embedded Cassandra and the server. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts an embedded Cassandra and the server, and says where to connect.",
    footer = {
      "",
      "Everything is kept in the data folder and is there again at the next start.",
      "Ctrl-C stops both in order.",
      "",
      "Examples:",
      "  karst up",
      "  karst up --port 7500 --data /var/lib/karst",
      "  karst up --host 0.0.0.0 --tls-cert chain.pem --tls-key key.pem"
    })
final class UpCommand implements Callable<Integer> {

  static final int PORT = 7400;

  /** A first start plays with its token for a while; every start writes a new one. */
  private static final Duration TOKEN_LIFETIME = Duration.ofDays(30);

  /** Time to register one device; whoever holds the token until then can take over the account. */
  private static final Duration RESET_LIFETIME = Duration.ofHours(1);

  private final InstantSource clock;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "${env:KARST_DATA:-.karst}",
      description = "Data folder; else KARST_DATA. Default: .karst")
  private Path data = Path.of(".karst");

  @Option(
      names = "--cassandra-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Cassandra's port on loopback. Default: a free one")
  private int cassandraPort;

  @Option(
      names = "--reset-token",
      paramLabel = "MEMBER",
      description =
          "Also write reset-token, with which MEMBER, who lost all devices, registers" + " anew.")
  private Optional<String> lost = Optional.empty();

  @ArgGroup(exclusive = false, heading = "%nListening:%n")
  private ListenFlags listen = new ListenFlags();

  UpCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws StartException, InterruptedException {
    ListenOptions listenOptions = listen.options();
    listenOptions.address(); // before a folder is made for a server that may not listen
    try (HomeFolder home = HomeFolder.open(data)) {
      return run(home, ServerPort.check(listenOptions, ConnectionLimits.defaults()));
    }
  }

  private int run(HomeFolder home, ServerPort port) throws StartException, InterruptedException {
    EmbeddedCassandra cassandra = startCassandra(home);
    RunningServer server;
    try {
      server = startServer(home, port, cassandra);
    } catch (StartException | RuntimeException e) {
      cassandra.close();
      throw e;
    }
    ShutdownSequence stop = ShutdownSequence.install(server::stop, cassandra::close);
    // Not started again: what made it end is told once, and a supervisor restarts the whole.
    cassandra.ended().thenRun(() -> stop.runBecause("Cassandra has ended"));
    server.ended().thenRun(() -> stop.runBecause("the actors have ended"));
    announce(home, server);
    return stop.await();
  }

  private EmbeddedCassandra startCassandra(HomeFolder home)
      throws StartException, InterruptedException {
    try {
      return EmbeddedCassandra.start(NodeOptions.in(home.cassandra())
          .withNativePort(cassandraPort)
          .withProgress(out()::println));
    } catch (CassandraStartException e) {
      throw new StartException(exitCode(e.reason()), String.valueOf(e.getMessage()));
    }
  }

  private RunningServer startServer(HomeFolder home, ServerPort port, EmbeddedCassandra cassandra)
      throws StartException {
    out().println("Starting the server");
    ServerSecret secret = SecretFile.of(home, new SecureRandom()::nextBytes);
    var enrolment = new OwnEnrolment(secret, clock);
    home.writePrivate(
        home.enrolmentToken(), enrolment.issue(AccountRole.MEMBER, TOKEN_LIFETIME) + "\n");
    home.writePrivate(
        home.auditorToken(), enrolment.issue(AccountRole.AUDITOR, TOKEN_LIFETIME) + "\n");
    if (lost.isPresent()) {
      home.writePrivate(home.resetToken(), resetToken(enrolment, lost.get()) + "\n");
    }
    InetSocketAddress contact = cassandra.contactPoint();
    home.writePrivate(
        home.cassandraEndpoint(), contact.getHostString() + ":" + contact.getPort() + "\n");
    RunningServer server = RunningServer.start(
        new ServerOptions(
            port,
            secret,
            enrolment,
            Embedding.overrides(contact, EmbeddedCassandra.DATACENTER),
            Optional.of(new ServerOptions.SchemaTarget(contact, EmbeddedCassandra.DATACENTER))),
        clock,
        new SecureRandom()::nextBytes);
    home.writePrivate(home.endpoint(), server.localEndpoint() + "\n");
    return server;
  }

  private static String resetToken(OwnEnrolment enrolment, String member) throws StartException {
    try {
      return enrolment.issueReset(new MemberId(member), AccountRole.MEMBER, RESET_LIFETIME);
    } catch (IllegalArgumentException e) {
      throw new StartException(ExitCode.USAGE, "--reset-token: no member can have this id");
    }
  }

  private void announce(HomeFolder home, RunningServer server) {
    PrintWriter out = out();
    out.println();
    out.println("Karst is ready on " + server.endpoint());
    out.println("  data folder      " + home.path());
    out.println("  enrolment token  " + home.enrolmentToken());
    out.println("  auditor token    " + home.auditorToken());
    out.println();
    out.println("In another terminal:  ./karst demo");
    out.println("                      ./karst register ann");
    out.flush();
  }

  private static ExitCode exitCode(CassandraStartException.Reason reason) {
    return switch (reason) {
      case PORT_BUSY -> ExitCode.PORT_BUSY;
      case DATA_FOLDER_UNUSABLE, DATA_FOLDER_IN_USE -> ExitCode.DATA_FOLDER;
      case NO_JAVA_17, NO_NODE_JARS -> ExitCode.USAGE;
      case TIMED_OUT, DIED -> ExitCode.CASSANDRA;
    };
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
