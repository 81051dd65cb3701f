package io.karst.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.Content;
import io.karst.client.api.LocalMistake;
import io.karst.domain.bytes.Bytes;
import io.karst.proof.merkle.Head;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentFormTest {

  private static final Head HEAD = new Head(7, Bytes.copyOf(new byte[32]));

  @Test
  void isProtoJsonWithoutWhitespace() {
    byte[] encoded =
        ContentForm.encode(new ContentForm.Said(Content.text("hällo"), Optional.of(HEAD)));
    assertThat(new String(encoded, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"mediaType\":\"text/plain\",\"text\":\"hällo\",\"head\":{\"size\":\"7\",\"root\":"
                + "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}}");
  }

  @Test
  void bytesAndHeadsComeBackAsTheyWere() {
    var said =
        new ContentForm.Said(Content.data("image/png", Bytes.ofHex("00ff10")), Optional.of(HEAD));
    assertThat(ContentForm.decode(ContentForm.encode(said))).contains(said);
    var bare = new ContentForm.Said(Content.text(""), Optional.empty());
    assertThat(ContentForm.decode(ContentForm.encode(bare))).contains(bare);
  }

  @Test
  void aFieldOfALaterVersionIsPassedBy() {
    assertThat(decode("{\"mediaType\":\"text/plain\",\"text\":\"hi\",\"mood\":\"good\"}"))
        .map(ContentForm.Said::content)
        .contains(Content.text("hi"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{}",
        "[]",
        "{\"mediaType\":\"text/plain\"}",
        "{\"text\":\"no media type\"}",
        "{\"mediaType\":\"text/plain\",\"text\":\"a\",\"data\":\"AA==\"}",
        "{\"mediaType\":\"text/plain\",\"text\":\"a\",\"head\":{\"size\":\"1\",\"root\":\"AA==\"}}",
        "{\"mediaType\":\"text/plain\",\"text\":\"a\",\"head\":{\"size\":\"-1\"}}"
      })
  void whatIsNoContentIsNotDecoded(String json) {
    assertThat(decode(json)).isEmpty();
  }

  @Test
  void whatIsNotUtf8IsNotDecoded() {
    byte[] encoded = ContentForm.encode(new ContentForm.Said(Content.text("x"), Optional.empty()));
    encoded[encoded.length - 3] = (byte) 0xff;
    assertThat(ContentForm.decode(encoded)).isEmpty();
  }

  @Test
  void contentUpToTheLimitIsTakenAndBeyondItRefused() {
    int frame = ContentForm.encode(said("")).length;
    String longest = "x".repeat(Content.ENCODED_MAX - frame);
    assertThat(ContentForm.encode(said(longest))).hasSize(Content.ENCODED_MAX);
    assertThatThrownBy(() -> ContentForm.encode(said(longest + "x")))
        .isInstanceOfSatisfying(
            LocalMistake.class,
            mistake -> assertThat(mistake.kind()).isEqualTo(LocalMistake.Kind.CONTENT_INVALID));
  }

  private static ContentForm.Said said(String text) {
    return new ContentForm.Said(Content.text(text), Optional.empty());
  }

  private static Optional<ContentForm.Said> decode(String json) {
    return ContentForm.decode(json.getBytes(StandardCharsets.UTF_8));
  }
}
