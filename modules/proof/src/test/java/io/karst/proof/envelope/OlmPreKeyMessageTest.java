package io.karst.proof.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OlmPreKeyMessageTest {

  private static final String KEY = "11".repeat(32);

  @Test
  void theReceiversKeyIsInTheClear() {
    Bytes raw = Bytes.ofHex("030a20" + KEY + "1220" + "22".repeat(32));
    assertThat(OlmPreKeyMessage.parse(raw)).contains(new OlmPreKeyMessage(Bytes.ofHex(KEY)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "03", "030a20", "040a20111111", "03", "030b20", "030a21", "030a20" + "11"})
  void whatHasAnotherFormIsNotRead(String front) {
    assertThat(OlmPreKeyMessage.parse(Bytes.ofHex(front))).isEmpty();
    String whole = (front + KEY + KEY).substring(0, 2 * 36);
    boolean form = whole.startsWith("030a20");
    assertThat(OlmPreKeyMessage.parse(Bytes.ofHex(whole)).isPresent()).isEqualTo(form);
  }
}
