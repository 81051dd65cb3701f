package io.karst.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChatLineTest {

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of("hello there", new ChatLine.Say("hello there")),
        Arguments.of("  hello ", new ChatLine.Say("hello")),
        Arguments.of("//etc/hosts", new ChatLine.Say("/etc/hosts")),
        Arguments.of("", new ChatLine.Nothing()),
        Arguments.of("   ", new ChatLine.Nothing()),
        Arguments.of("/members", new ChatLine.Members()),
        Arguments.of("/rotate ", new ChatLine.Rotate()),
        Arguments.of("/add carol", new ChatLine.Add("carol")),
        Arguments.of("/remove   bob ", new ChatLine.Remove("bob")),
        Arguments.of("/leave", new ChatLine.Leave()),
        Arguments.of("/help", new ChatLine.Help()),
        Arguments.of("/quit", new ChatLine.Quit()),
        Arguments.of("/add", new ChatLine.Mistake("/add needs a member")),
        Arguments.of("/leave now", new ChatLine.Mistake("/leave stands alone")),
        Arguments.of("/nick x", new ChatLine.Mistake("no such command: /nick (see /help)")),
        Arguments.of("/nick", new ChatLine.Mistake("no such command: /nick (see /help)")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aTypedLineMeansOneThing(String typed, ChatLine meant) {
    assertThat(ChatLine.parse(typed)).isEqualTo(meant);
  }
}
