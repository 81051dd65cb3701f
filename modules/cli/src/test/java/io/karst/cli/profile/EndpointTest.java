package io.karst.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.cli.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @Test
  void namesAddressesAndBracketsAreRead() {
    assertThat(Endpoint.parse("chat.example.org:7420"))
        .isEqualTo(new Endpoint("chat.example.org", 7420));
    assertThat(Endpoint.parse("[::1]:65535")).isEqualTo(new Endpoint("::1", 65_535));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:1", "[::1]:7420"})
  void anEndpointIsPrintedAsItIsRead(String text) {
    assertThat(Endpoint.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "chat", ":7420", "chat:", "chat:0", "chat:65536", "a b:1", "::1:7420"})
  void anythingElseIsAMistake(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(CommandFailure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:1", "127.0.0.1:1", "127.8.9.1:1", "[::1]:1"})
  void loopbackIsKnownByItsSpelling(String text) {
    assertThat(Endpoint.parse(text).loopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost.example.org:1", "127.0.0.1.example.org:1", "[::2]:1", "10.0.0.1:1"})
  void whatOnlyLooksLikeLoopbackIsNot(String text) {
    assertThat(Endpoint.parse(text).loopback()).isFalse();
  }
}
