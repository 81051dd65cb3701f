package io.karst.actors;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestNode;
import io.karst.actors.schema.SchemaInstaller;
import io.karst.testkit.TestCassandra;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator reads when a start fails. */
class ActorsStartIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  @Test
  void saysThatTheSchemaIsMissingOrIncompleteAndHowToApplyIt() {
    assertStartFails(TestNode.system(CASSANDRA), "schema.cql");
    SchemaInstaller.install(CASSANDRA.contactPoint(), CASSANDRA.datacenter(), CASSANDRA.keyspace());
    try (CqlSession session = CASSANDRA.session()) {
      session.execute("DROP TABLE " + CASSANDRA.keyspace() + ".snapshots");
    }
    assertStartFails(
        TestNode.system(CASSANDRA), "lacks table " + CASSANDRA.keyspace() + ".snapshots: apply");
    TestNode.install(CASSANDRA);
    try (TestNode node = TestNode.start(CASSANDRA, new TestClock())) {
      node.system().log().debug("started");
    }
  }

  @Test
  void saysThatCassandraCannotBeReached() throws IOException {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    assertStartFails(
        TestNode.system(nobody, "karst", "karst.actors.start-timeout = 1s"), "cannot be reached");
  }

  @Test
  void saysThatTheSeedNodesDoNotAnswer() throws IOException {
    TestNode.install(CASSANDRA);
    String seed = "\"pekko://karst@127.0.0.1:%d\"".formatted(freePort());
    assertStartFails(
        TestNode.system(
            CASSANDRA,
            "karst.actors.start-timeout = 5s",
            "pekko.cluster.seed-nodes = [" + seed + "]"),
        "seed nodes");
  }

  private static void assertStartFails(ActorSystem<Void> system, String words) {
    try {
      assertThatThrownBy(() -> KarstActors.start(system, new TestClock()))
          .isInstanceOf(ActorsStartException.class)
          .hasMessageContaining(words);
    } finally {
      system.terminate();
      await(system.getWhenTerminated());
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
