package io.karst.actors.scene;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.karst.actors.ActorsConfig;
import io.karst.actors.KarstActors;
import io.karst.actors.schema.SchemaInstaller;
import io.karst.testkit.TestCassandra;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** One node of a cluster, over a real Cassandra. Stopping and starting one again is a restart. */
public final class TestNode implements AutoCloseable {

  /** Far above what anything here takes on a busy machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorSystem<Void> system;
  private final KarstActors actors;

  private TestNode(ActorSystem<Void> system, KarstActors actors) {
    this.system = system;
    this.actors = actors;
  }

  /** Installs the schema into the test class's keyspace, for all nodes that follow. */
  public static void install(TestCassandra cassandra) {
    SchemaInstaller.install(cassandra.contactPoint(), cassandra.datacenter(), cassandra.keyspace());
  }

  /** A node alone in its cluster, with the shipped settings but for {@code overrides}. */
  public static TestNode start(TestCassandra cassandra, InstantSource clock, String... overrides) {
    ActorSystem<Void> system = system(cassandra, overrides);
    return new TestNode(system, KarstActors.start(system, clock));
  }

  /** The actor system of such a node, with nothing started. */
  public static ActorSystem<Void> system(TestCassandra cassandra, String... overrides) {
    return system(cassandra.contactPoint(), cassandra.keyspace(), overrides);
  }

  /** The same over another Cassandra. */
  public static ActorSystem<Void> system(
      InetSocketAddress contactPoint, String keyspace, String... overrides) {
    Config own = ConfigFactory.parseString("""
            pekko.remote.artery.canonical.port = 0
            pekko.coordinated-shutdown.run-by-actor-system-terminate = on
            pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes = 30s
            karst.actors.keyspace = %s
            datastax-java-driver.basic.contact-points = ["%s:%d"]
            """.formatted(
            keyspace, contactPoint.getAddress().getHostAddress(), contactPoint.getPort()));
    Config config = ConfigFactory.parseString(String.join("\n", overrides)).withFallback(own);
    return ActorSystem.create(
        Behaviors.empty(), ActorsConfig.SYSTEM_NAME, ActorsConfig.load(config));
  }

  public ActorSystem<Void> system() {
    return system;
  }

  public KarstActors actors() {
    return actors;
  }

  /** Waits for an answer. */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Stops the node in order and waits for it. */
  @Override
  public void close() {
    system.terminate();
    await(system.getWhenTerminated());
  }
}
