package io.karst.crypto.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.error.EncodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedPayloadTest {

  private static final byte[] HASH =
      HexFormat.of().parseHex("05b3abf2579a5eb66403cd78be557fd860633a1fe2103c7642030defe32c657f");
  private static final String TEXT =
      "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8Fs6vyV5petmQDzXi+VX/YYGM6H+IQPHZCAw3v4yxlfw";

  @Test
  void theTextHasItsGoldenValue() {
    byte[] text = SealedPayload.of(EpochKeyTest.key(), HASH).toText();

    assertThat(new String(text, StandardCharsets.US_ASCII)).isEqualTo(TEXT).hasSize(86);
  }

  @Test
  void parsingGivesBackKeyAndHash() throws Exception {
    SealedPayload payload = SealedPayload.parse(TEXT.getBytes(StandardCharsets.US_ASCII));

    assertThat(payload.manifestHash()).isEqualTo(HASH);
    byte[] commitment = EpochKeyTest.key().commitment("g", 1);
    assertThat(payload.epochKey().matches(commitment, "g", 1)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAEC",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8Fs6vyV5petmQDzXi+VX/YYGM6H+IQPHZCAw3v4yxlfw==",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8Fs6vyV5petmQDzXi+VX/YYGM6H+IQPHZCAw3v4yxlf",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8Fs6vyV5petmQDzXi+VX/YYGM6H+IQPHZCAw3v4yxlfwA",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8Fs6vyV5petmQDzXi+VX/YYGM6H+IQPHZCAw3v4yxlfx",
        "-AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8Fs6vyV5petmQDzXi+VX/YYGM6H+IQPHZCAw3v4yxlfw"
      })
  void anythingButEightySixCanonicalCharactersIsRefused(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> SealedPayload.parse(ascii)).isInstanceOf(EncodingException.class);
  }

  @Test
  void aHashHasExactlyThirtyTwoBytes() {
    EpochKey key = EpochKeyTest.key();

    assertThatIllegalArgumentException().isThrownBy(() -> SealedPayload.of(key, new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> SealedPayload.of(key, new byte[33]));
  }

  @Test
  void whatItGaveAwayOutlivesItAndNeitherIsPrinted() {
    SealedPayload payload = SealedPayload.of(EpochKeyTest.key(), HASH);
    EpochKey key = payload.epochKey();
    assertThat(payload.isDestroyed()).isFalse();
    assertThat(key.isDestroyed()).isFalse();
    assertThat(payload).hasToString("SealedPayload(secret)");

    payload.close();

    assertThat(payload.isDestroyed()).isTrue();
    assertThat(key.isDestroyed()).isFalse();
    assertThat(payload).hasToString("SealedPayload(destroyed)");
    assertThatIllegalStateException().isThrownBy(payload::epochKey);
  }
}
