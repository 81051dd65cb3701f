package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionLimitsTest {

  @Test
  void theDefaultsAreTheOnesThatTheExampleShows() {
    ConnectionLimits limits = ConnectionLimits.defaults();

    assertThat(limits.callsMax()).isEqualTo(1000);
    assertThat(limits.metadataBytesMax()).isEqualTo(16_384);
    assertThat(limits.clientPingMin()).isEqualTo(Duration.ofSeconds(10));
    assertThat(limits.ageMax()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "calls-max = 0",
        "metadata-bytes-max = 1023",
        "metadata-bytes-max = 1048577",
        "handshake-timeout = 0s",
        "keepalive-interval = 0s",
        "keepalive-timeout = 0s",
        "client-ping-min = 0s",
        "age-grace = 0s",
        "age-max = -1s",
        "idle-max = soon"
      })
  void aLimitThatCannotBeIsNamed(String line) {
    var config = ConfigFactory.parseString("karst.server.connection." + line)
        .withFallback(ConfigFactory.parseResources(ServerConfig.class, "karst-server.conf"));

    assertThatThrownBy(() -> ConnectionLimits.from(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(line.substring(0, line.indexOf(' ')));
  }
}
