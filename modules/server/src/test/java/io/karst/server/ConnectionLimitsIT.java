package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import io.karst.actors.schema.SchemaInstaller;
import io.karst.testkit.ServerProgram;
import io.karst.testkit.TestCassandra;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a connection may cost, on a server whose limits are so low that a test can meet them. */
class ConnectionLimitsIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  private static final int METADATA_BYTES_MAX = 2048;
  private static final int TRANSPORT_BYTES_MAX = 4 << 20;
  private static final String AGE_MAX = "4s";

  @TempDir
  static Path folder;

  private static ServerProgram server;
  private static String endpoint;

  @BeforeAll
  static void start() {
    SchemaInstaller.install(CASSANDRA.contactPoint(), CASSANDRA.datacenter(), CASSANDRA.keyspace());
    server = ServeFile.in(folder)
        .against(CASSANDRA.contactPoint(), CASSANDRA.keyspace())
        .with("karst.server.connection.calls-max = 2")
        .with("karst.server.connection.metadata-bytes-max = " + METADATA_BYTES_MAX)
        .with("karst.server.connection.age-max = " + AGE_MAX)
        .with("karst.server.connection.age-grace = 1s")
        .serve();
    endpoint = server.awaitReady();
  }

  @AfterAll
  static void stop() {
    server.terminate();
    var ended = server.awaitEnd();
    // Whoever sends too much must not be able to fill the log with stack traces.
    assertThat(ended.err()).doesNotContain("\tat ");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.STOPPED.number());
  }

  @Test
  void aConnectionThatGrowsTooOldIsAskedToEndAndItsStreamsWithIt() throws Exception {
    try (TestChannel channel = TestChannel.plain(endpoint)) {
      HealthWatch watch = HealthWatch.on(channel);
      assertThat(watch.next()).isEqualTo("SERVING");
      assertThat(watch.next()).startsWith("ended: ");
      // The channel connects anew by itself.
      assertThat(channel.health("").name()).isEqualTo("SERVING");
    }
  }

  @Test
  void headersThatAreTooLargeEndTheCallAndNotTheConnection() {
    var header = Metadata.Key.of("x-large", Metadata.ASCII_STRING_MARSHALLER);
    var large = new Metadata();
    large.put(header, "x".repeat(METADATA_BYTES_MAX));
    try (TestChannel channel = TestChannel.plain(endpoint)) {
      var stub = HealthGrpc.newBlockingStub(channel.channel())
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(large));
      assertThatThrownBy(() -> stub.check(HealthCheckRequest.getDefaultInstance()))
          .isInstanceOf(StatusRuntimeException.class);
      assertThat(channel.health("").name()).isEqualTo("SERVING");
    }
  }

  @Test
  void aMessageThatTheTransportCutsOffEndsWithItsStatus() {
    var huge = HealthCheckRequest.newBuilder()
        .setServiceBytes(ByteString.copyFrom(new byte[TRANSPORT_BYTES_MAX + 1]))
        .build();
    try (TestChannel channel = TestChannel.plain(endpoint)) {
      var stub = HealthGrpc.newBlockingStub(channel.channel());
      assertThatThrownBy(() -> stub.check(huge))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
      assertThat(channel.health("").name()).isEqualTo("SERVING");
    }
  }

  @Test
  void furtherCallsOfAConnectionWaitForTheirTurn() throws Exception {
    try (TestChannel channel = TestChannel.plain(endpoint)) {
      HealthWatch first = HealthWatch.on(channel);
      HealthWatch second = HealthWatch.on(channel);
      assertThat(first.next()).isEqualTo("SERVING");
      assertThat(second.next()).isEqualTo("SERVING");
      var stub = HealthGrpc.newBlockingStub(channel.channel());

      assertThatThrownBy(() -> stub.withDeadlineAfter(500, TimeUnit.MILLISECONDS)
              .check(HealthCheckRequest.getDefaultInstance()))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
    }
  }
}
