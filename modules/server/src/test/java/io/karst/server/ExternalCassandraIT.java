package io.karst.server;

import static io.karst.server.StartAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.karst.actors.schema.SchemaInstaller;
import io.karst.testkit.ServerProgram;
import io.karst.testkit.ServerProgram.Ended;
import io.karst.testkit.TestCassandra;
import io.karst.testkit.TestCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve}, against a Cassandra that the server did not start. */
class ExternalCassandraIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  @TempDir
  private Path folder;

  @Test
  void aKeyspaceThatIsMissingOrIncompleteIsNamed() {
    Ended ended =
        ServeFile.in(folder).against(CASSANDRA.contactPoint(), "nobodys").serveToItsEnd();
    assertRefused(
        ended,
        ExitCode.CASSANDRA,
        "karst: Cassandra lacks table nobodys.messages, table nobodys.metadata, table"
            + " nobodys.snapshots, table nobodys.snapshot_parts: apply"
            + " config/cassandra/schema.cql");
  }

  @Test
  void clientsConnectWithTlsAndOnlyWithTls() throws Exception {
    installSchema();
    var own = TestCertificate.in(folder, "server");
    var other = TestCertificate.in(folder, "other");
    try (ServerProgram server = secure(own).serve()) {
      String endpoint = local(server.awaitReady());
      try (var channel = TestChannel.trusting(endpoint, own)) {
        assertThat(channel.health("")).isEqualTo(ServingStatus.SERVING);
      }
      try (var channel = TestChannel.trusting(endpoint, other)) {
        assertRefusedByTls(channel);
      }
      try (var channel = TestChannel.plain(endpoint)) {
        assertRefusedByTls(channel);
      }
      assertThat(stopped(server).err()).doesNotContain("\tat ");
    }
  }

  @Test
  void clientsShowACertificateWhereTheServerAsksForOne() throws Exception {
    installSchema();
    var own = TestCertificate.in(folder, "server");
    var client = TestCertificate.in(folder, "client");
    var stranger = TestCertificate.in(folder, "stranger");
    try (ServerProgram server = secure(own)
        .with("karst.server.tls.client-authorities = \"" + client.certificate() + "\"")
        .serve()) {
      String endpoint = local(server.awaitReady());
      try (var channel = TestChannel.showing(endpoint, client, own)) {
        assertThat(channel.health("")).isEqualTo(ServingStatus.SERVING);
      }
      try (var channel = TestChannel.showing(endpoint, stranger, own)) {
        assertRefusedByTls(channel);
      }
      try (var channel = TestChannel.trusting(endpoint, own)) {
        assertRefusedByTls(channel);
      }
    }
  }

  private ServeFile secure(TestCertificate certificate) {
    return ServeFile.in(folder)
        .against(CASSANDRA.contactPoint(), CASSANDRA.keyspace())
        // All interfaces: with TLS that needs no further words.
        .with("karst.server.host = \"0.0.0.0\"")
        .with("karst.server.tls.certificate = \"" + certificate.certificate() + "\"")
        .with("karst.server.tls.key = \"" + certificate.key() + "\"");
  }

  private static void installSchema() {
    SchemaInstaller.install(CASSANDRA.contactPoint(), CASSANDRA.datacenter(), CASSANDRA.keyspace());
  }

  /** The certificate is for this machine's names, not for all interfaces. */
  private static String local(String endpoint) {
    assertThat(endpoint).startsWith("0.0.0.0:");
    return endpoint.replace("0.0.0.0", "localhost");
  }

  private static Ended stopped(ServerProgram server) {
    server.terminate();
    return server.awaitEnd();
  }

  private static void assertRefusedByTls(TestChannel channel) {
    assertThatThrownBy(() -> channel.health(""))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }
}
