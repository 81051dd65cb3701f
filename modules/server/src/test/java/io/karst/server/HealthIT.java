package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.karst.actors.schema.SchemaInstaller;
import io.karst.cassandra.EmbeddedCassandra;
import io.karst.cassandra.NodeOptions;
import io.karst.testkit.ServerProgram;
import io.karst.testkit.TestCassandra;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load balancer is told, by a server whose Cassandra comes and goes. */
class HealthIT {

  private static final String KEYSPACE = "health";

  @TempDir
  private Path folder;

  @Test
  void followsCassandraAndTheStop() throws Exception {
    NodeOptions options = TestCassandra.ownNode();
    EmbeddedCassandra cassandra = EmbeddedCassandra.start(options);
    InetSocketAddress contact = cassandra.contactPoint();
    SchemaInstaller.install(contact, EmbeddedCassandra.DATACENTER, KEYSPACE);
    try (ServerProgram server = serve(contact);
        TestChannel channel = TestChannel.plain(server.awaitReady())) {
      HealthWatch watch = HealthWatch.on(channel);
      assertThat(watch.next()).isEqualTo("SERVING");
      assertEveryServiceIs(ServingStatus.SERVING, channel);

      cassandra.kill();
      assertThat(watch.next()).isEqualTo("NOT_SERVING");
      assertEveryServiceIs(ServingStatus.NOT_SERVING, channel);

      cassandra = EmbeddedCassandra.start(options.withNativePort(contact.getPort()));
      assertThat(watch.next()).isEqualTo("SERVING");
      assertEveryServiceIs(ServingStatus.SERVING, channel);

      server.terminate();
      assertThat(watch.next()).isEqualTo("NOT_SERVING");
      // By the server's own word, and not because its time to drain ran out.
      assertThat(watch.next()).isEqualTo("ended: UNAVAILABLE stopping");
      assertThat(server.awaitEnd().exitCode()).isEqualTo(ExitCode.STOPPED.number());
    } finally {
      cassandra.kill();
    }
  }

  private ServerProgram serve(InetSocketAddress cassandra) {
    return ServeFile.in(folder)
        .against(cassandra, KEYSPACE)
        .with("karst.actors.health.interval = 200ms")
        .with("karst.actors.health.timeout = 2s")
        .serve();
  }

  private static void assertEveryServiceIs(ServingStatus status, TestChannel channel) {
    for (String service : new String[] {"", "karst.v1.GroupService", "karst.v1.DeliveryService"}) {
      assertThat(channel.health(service)).as(service).isEqualTo(status);
    }
  }
}
