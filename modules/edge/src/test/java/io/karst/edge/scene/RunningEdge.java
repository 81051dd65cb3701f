package io.karst.edge.scene;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.karst.actors.ActorsConfig;
import io.karst.actors.KarstActors;
import io.karst.actors.schema.SchemaInstaller;
import io.karst.edge.Api;
import io.karst.edge.auth.OwnEnrolment;
import io.karst.edge.auth.ServerSecret;
import io.karst.testkit.TestCassandra;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Random;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;

/** The API on a port of its own, over one node's actors. */
record RunningEdge(ActorSystem<Void> system, Api api, Server server, OwnEnrolment enrolment)
    implements AutoCloseable {

  static RunningEdge start(TestCassandra cassandra, Random random) throws IOException {
    SchemaInstaller.install(cassandra.contactPoint(), cassandra.datacenter(), cassandra.keyspace());
    return start(system(cassandra, ConfigFactory.empty()), random);
  }

  /** Another node of the same cluster. */
  RunningEdge join(TestCassandra cassandra, Random random) throws IOException {
    String settings = """
        pekko.cluster.seed-nodes = ["%s"]
        """.formatted(Cluster.get(system).selfMember().address());
    return start(system(cassandra, ConfigFactory.parseString(settings)), random);
  }

  private static RunningEdge start(ActorSystem<Void> system, Random random) throws IOException {
    var clock = Clock.systemUTC();
    KarstActors actors = KarstActors.start(system, clock);
    var secret = new ServerSecret(new byte[ServerSecret.LENGTH]);
    var enrolment = new OwnEnrolment(secret, clock);
    var access = Api.Access.of(secret, enrolment, clock, random::nextBytes);
    var api = new Api(system, actors, access);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var builder = NettyServerBuilder.forAddress(address);
    api.configure(builder);
    return new RunningEdge(system, api, builder.build().start(), enrolment);
  }

  private static ActorSystem<Void> system(TestCassandra cassandra, Config more) {
    String settings = """
        pekko.remote.artery.canonical.port = 0
        pekko.coordinated-shutdown.run-by-actor-system-terminate = off
        pekko.cluster.jmx.enabled = off
        pekko.cluster.gossip-interval = 200ms
        pekko.cluster.leader-actions-interval = 200ms
        # Far above what anything takes on a busy machine.
        karst.actors.ask-timeout = 60s
        karst.actors.start-timeout = 120s
        karst.actors.keyspace = %s
        datastax-java-driver.basic.contact-points = ["%s:%d"]
        """.formatted(
            cassandra.keyspace(),
            cassandra.contactPoint().getAddress().getHostAddress(),
            cassandra.contactPoint().getPort());
    return ActorSystem.create(
        Behaviors.empty(),
        ActorsConfig.SYSTEM_NAME,
        ActorsConfig.load(more.withFallback(ConfigFactory.parseString(settings))));
  }

  @Override
  public void close() {
    server.shutdownNow();
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
