package io.karst.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.measure.LoadFailure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @ValueSource(strings = {"localhost:1", "127.0.0.1:7400", "[::1]:65535"})
  void anEndpointIsReadAndWrittenAlike(String text) throws LoadFailure {
    assertThat(Endpoint.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "host:", "host:0", "host:65536", ":7400", "a b:1"})
  void whatIsNoEndpointIsRefused(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("is not HOST:PORT");
  }

  @Test
  void aTargetElsewhereIsRefusedUnlessItIsMeant() throws LoadFailure {
    var here = Endpoint.parse("127.0.0.1:7400");
    var elsewhere = Endpoint.parse("192.0.2.1:9042");

    assertThat(target(here, here).requireLoopback()).isEqualTo(target(here, here));
    assertThatThrownBy(() -> target(here, elsewhere).requireLoopback())
        .hasMessageContaining("192.0.2.1:9042 is not this machine");
    assertThatThrownBy(() -> target(elsewhere, here).requireLoopback())
        .isInstanceOf(LoadFailure.class);
  }

  private static Target target(Endpoint server, Endpoint cassandra) {
    return new Target(server, Optional.empty(), "token", cassandra, "datacenter1");
  }
}
