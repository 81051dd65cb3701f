package io.karst.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.karst.actors.ActorsConfig;
import io.karst.actors.ActorsStartException;
import io.karst.actors.KarstActors;
import io.karst.actors.schema.SchemaInstaller;
import io.karst.edge.Api;
import io.karst.edge.call.RandomBytes;
import io.karst.server.health.HealthReport;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A server that listens: actors, services, port. Thread-safe. */
final class RunningServer {

  /** How long streams and calls under way may take to end when the server stops. */
  private static final long DRAIN_SECONDS_MAX = 10;

  /** How long the cluster may take to hand this node's entities over. */
  private static final long LEAVE_SECONDS_MAX = 30;

  private final ActorSystem<Void> system;
  private final Server server;
  private final HealthReport health;
  private final Api api;
  private final ServerPort port;

  private RunningServer(
      ActorSystem<Void> system, Server server, HealthReport health, Api api, ServerPort port) {
    this.system = system;
    this.server = server;
    this.health = health;
    this.api = api;
    this.port = port;
  }

  static RunningServer start(ServerOptions options, InstantSource clock, RandomBytes random)
      throws StartException {
    installSchema(options);
    ActorSystem<Void> system = actorSystem(options);
    try {
      KarstActors actors = KarstActors.start(system, clock);
      HealthReport health = new HealthReport();
      var access = Api.Access.of(options.secret(), options.enrolment(), clock, random);
      Api api = new Api(system, actors, access);
      NettyServerBuilder builder = options.port().builder();
      api.configure(builder);
      Server server = builder
          .addService(health.service())
          .addService(ProtoReflectionServiceV1.newInstance())
          .build();
      options.port().open(server);
      actors.health().watch(serving -> health.say(server, serving));
      return new RunningServer(system, server, health, api, options.port());
    } catch (ActorsStartException e) {
      system.terminate();
      throw new StartException(ExitCode.CASSANDRA, String.valueOf(e.getMessage()));
    } catch (StartException | RuntimeException e) {
      system.terminate();
      throw e;
    }
  }

  /** What it listens on: host and port. */
  String endpoint() {
    return at(port.host());
  }

  /** Where clients on this machine connect: host and port. */
  String localEndpoint() {
    return at(port.isWildcard() ? "localhost" : port.host());
  }

  private String at(String host) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getPort();
  }

  /** Completes when the actors have ended: stopped, or because the cluster gave this node up. */
  CompletionStage<?> ended() {
    return system.getWhenTerminated();
  }

  /** Refuses new calls, lets those under way end, hands over the entities. */
  void stop() {
    health.drain();
    server.shutdown();
    api.drain();
    try {
      if (!server.awaitTermination(DRAIN_SECONDS_MAX, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().get(LEAVE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.shutdownNow();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      server.shutdownNow();
    }
  }

  private static void installSchema(ServerOptions options) throws StartException {
    if (options.installSchema().isPresent()) {
      var target = options.installSchema().get();
      try {
        SchemaInstaller.install(target.contactPoint(), target.datacenter(), "karst");
      } catch (RuntimeException e) {
        throw new StartException(
            ExitCode.CASSANDRA, "cannot create Cassandra's tables (" + e.getMessage() + ")");
      }
    }
  }

  private static ActorSystem<Void> actorSystem(ServerOptions options) throws StartException {
    try {
      Config settings = ActorsConfig.load(options.settings());
      ClusterPort.check(settings);
      return ActorSystem.create(Behaviors.empty(), ActorsConfig.SYSTEM_NAME, settings);
    } catch (ConfigException e) {
      throw new StartException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
