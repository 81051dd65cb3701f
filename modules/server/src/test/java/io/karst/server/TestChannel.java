package io.karst.server;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.karst.testkit.TestCertificate;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A client's connection to a server under test. */
record TestChannel(ManagedChannel channel) implements AutoCloseable {

  private static final int ANSWER_SECONDS_MAX = 30;

  static TestChannel plain(String endpoint) {
    return of(endpoint, InsecureChannelCredentials.create());
  }

  /** Trusts this certificate alone. */
  static TestChannel trusting(String endpoint, TestCertificate authority) throws IOException {
    return of(
        endpoint,
        TlsChannelCredentials.newBuilder()
            .trustManager(authority.certificate().toFile())
            .build());
  }

  /** Trusts a certificate, and shows one of its own. */
  static TestChannel showing(String endpoint, TestCertificate own, TestCertificate authority)
      throws IOException {
    return of(
        endpoint,
        TlsChannelCredentials.newBuilder()
            .trustManager(authority.certificate().toFile())
            .keyManager(own.certificate().toFile(), own.key().toFile())
            .build());
  }

  private static TestChannel of(String endpoint, ChannelCredentials credentials) {
    return new TestChannel(Grpc.newChannelBuilder(endpoint, credentials).build());
  }

  /** What the server says of a service's health; throws the status of a call that failed. */
  ServingStatus health(String service) {
    return HealthGrpc.newBlockingStub(channel)
        .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
