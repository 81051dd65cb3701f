package io.karst.proof.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.ClientId;
import io.karst.proof.signature.Signatures;
import io.karst.proof.statement.Samples;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Judges messages of libolm and vodozemac, sound, malformed and tampered with. */
class EnvelopesTest {

  private final Envelopes envelopes = new Envelopes(new Signatures());

  @ParameterizedTest(name = "{2} at {1}: {0}")
  @CsvFileSource(resources = "megolm-messages.csv", numLinesToSkip = 1, maxCharsPerColumn = 8_192)
  void foreignMessagesAreJudgedAsTheyShouldBe(
      EnvelopeVerdict expected, long index, String origin, String sessionKey, String message) {
    Envelope envelope = envelope(index, decode(sessionKey), decode(message));
    assertThat(envelopes.verify(envelope)).isEqualTo(expected);
    assertThat(Envelopes.form(envelope))
        .isEqualTo(
            expected == EnvelopeVerdict.SIGNATURE_INVALID ? EnvelopeVerdict.VALID : expected);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "0, 00",
    "127, 7f",
    "128, 8001",
    "2147483648, 8080808008",
    "4294967295, ffffffff0f",
    "-1, 8080808010",
    "-1, 808080808000",
    "-1, ffffffff8f00",
    "-1, 8000",
    "-1, 80"
  })
  void theIndexIsANumberBelowTwoToThe32InItsShortestForm(long index, String varint) {
    Bytes raw = Bytes.ofHex("0308" + varint + "1210" + "00".repeat(16 + 72));
    assertThat(MegolmMessage.parse(raw).map(MegolmMessage::messageIndex).orElse(-1L))
        .isEqualTo(index);
  }

  @Test
  void nothingShorterThanAMessageIsOne() {
    Bytes whole = Bytes.ofHex("030800" + "1210" + "00".repeat(16 + 72));
    assertThat(MegolmMessage.parse(whole)).contains(new MegolmMessage(0, 16));
    for (int length = 0; length < whole.length(); length++) {
      Bytes cut = Bytes.ofHex(whole.toHex().substring(0, 2 * length));
      assertThat(MegolmMessage.parse(cut)).as("%d bytes", length).isEmpty();
    }
  }

  private static Envelope envelope(long index, Bytes sessionKey, Bytes message) {
    var clientId = new ClientId(Bytes.ofHex("01"));
    return new Envelope(1, Samples.ALICE_PHONE, sessionKey, index, clientId, message);
  }

  private static Bytes decode(String base64) {
    return Bytes.copyOf(Base64.getDecoder().decode(base64));
  }
}
