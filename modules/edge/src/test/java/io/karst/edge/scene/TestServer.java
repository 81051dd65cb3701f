package io.karst.edge.scene;

import com.typesafe.config.ConfigFactory;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.karst.actors.ActorsConfig;
import io.karst.actors.KarstActors;
import io.karst.actors.schema.SchemaInstaller;
import io.karst.domain.device.AccountRole;
import io.karst.edge.Api;
import io.karst.edge.auth.OwnEnrolment;
import io.karst.edge.auth.ServerSecret;
import io.karst.edge.status.ConformanceInterceptor;
import io.karst.testkit.TestCassandra;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The whole API on a real socket, over real actors and a real Cassandra; every status that it sends
 * is checked.
 *
 * <p>Register it in a static field.
 */
public final class TestServer implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final long SEED = 20260301;

  private final TestCassandra cassandra = new TestCassandra();
  private final ConformanceInterceptor conformance = new ConformanceInterceptor();
  private final Random random = new Random(SEED);
  private final List<ManagedChannel> channels = new ArrayList<>();
  private @Nullable Running running;

  private record Running(
      ActorSystem<Void> system,
      Api api,
      Server server,
      ManagedChannel channel,
      OwnEnrolment enrolment) {}

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    cassandra.beforeAll(context);
    SchemaInstaller.install(cassandra.contactPoint(), cassandra.datacenter(), cassandra.keyspace());
    ActorSystem<Void> system = ActorSystem.create(
        Behaviors.empty(),
        ActorsConfig.SYSTEM_NAME,
        ActorsConfig.load(ConfigFactory.parseString("""
                    pekko.remote.artery.canonical.port = 0
                    # Far above what anything takes on a busy machine.
                    karst.actors.ask-timeout = 60s
                    karst.actors.keyspace = %s
                    datastax-java-driver.basic.contact-points = ["%s:%d"]
                    """.formatted(
                cassandra.keyspace(),
                cassandra.contactPoint().getAddress().getHostAddress(),
                cassandra.contactPoint().getPort()))));
    var clock = Clock.systemUTC();
    KarstActors actors = KarstActors.start(system, clock);
    var secret = new ServerSecret(new byte[ServerSecret.LENGTH]);
    var enrolment = new OwnEnrolment(secret, clock);
    var access = Api.Access.of(secret, enrolment, clock, random::nextBytes);
    var api = new Api(system, actors, access);
    var builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    api.configure(builder);
    Server server = builder.build().start();
    running = new Running(system, api, server, newChannel(server.getPort()), enrolment);
  }

  /** Fails the test that was sent a status without a known reason. */
  @Override
  public void afterEach(ExtensionContext context) {
    conformance.verify();
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    for (ManagedChannel channel : channels) {
      channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
    running().server().shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    running().system().terminate();
    running().system().getWhenTerminated().toCompletableFuture().join();
  }

  /** The channel that most tests share. */
  public ManagedChannel channel() {
    return running().channel();
  }

  /** A connection of its own. */
  public ManagedChannel newChannel() {
    return newChannel(running().server().getPort());
  }

  private ManagedChannel newChannel(int port) {
    ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .intercept(conformance)
        .build();
    channels.add(channel);
    return channel;
  }

  public Api api() {
    return running().api();
  }

  /** A token that enrols anybody. */
  public String enrolmentToken(AccountRole role) {
    return running().enrolment().issue(role, Duration.ofDays(1));
  }

  /** The seeded source of everything random. */
  public Random random() {
    return random;
  }

  /** A device of a new member, registered and with a token. */
  public TestDevice device(String member) {
    return TestDevice.registered(this, member, AccountRole.MEMBER);
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("the server has not started");
    }
    return running;
  }
}
