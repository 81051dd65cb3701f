package io.karst.crypto.channel;

import static io.karst.crypto.Refusals.requireCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EciesTest {

  private static final String INFO = Ecies.MATRIX_QR_CODE_LOGIN;
  private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};
  private static final byte[] EMPTY = {};

  /** From vodozemac's own tests. */
  private static final String KNOWN_MESSAGE =
      "3On7QFJyLQMAErua9K/yIOcJALvuMYax1AW0iWgf64AwtSMZXwAA012Q"
          + "|9yA/CX8pJKF02Prd75ZyBQHg3fGTVVGDNl86q1z17Us";

  private final Ecies shown = Ecies.start(INFO, new FixedRandom(1));
  private final Ecies reader = Ecies.start(INFO, new FixedRandom(2));

  @Test
  void bothEndsSpeakAndDeriveOneCheckCode() throws Exception {
    Curve25519PublicKey shownKey = shown.publicKey();
    Curve25519PublicKey readerKey = reader.publicKey();
    Outgoing<EstablishedChannel, EciesInitialMessage> out = reader.connect(shownKey, HELLO);
    Incoming<EstablishedChannel> in = shown.accept(out.message());
    EstablishedChannel here = out.channel();
    EstablishedChannel there = in.channel();

    assertThat(in.plaintext()).isEqualTo(HELLO);
    assertThat(there.checkCode()).isEqualTo(here.checkCode());
    for (int i = 0; i < 3; i++) {
      assertThat(here.decrypt(there.encrypt(HELLO))).isEqualTo(HELLO);
      assertThat(there.decrypt(here.encrypt(EMPTY))).isEmpty();
    }
    assertThat(here.publicKey()).isEqualTo(readerKey).isEqualTo(there.theirPublicKey());
    assertThat(there.publicKey()).isEqualTo(shownKey).isEqualTo(here.theirPublicKey());
  }

  @Test
  void aKeyIsUsedForOneChannel() throws Exception {
    Curve25519PublicKey theirs = shown.publicKey();
    EciesInitialMessage message = reader.connect(theirs, HELLO).message();
    shown.accept(message);

    assertThat(shown.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> shown.accept(message));
    assertThat(reader.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> reader.connect(theirs, HELLO));
  }

  @Test
  void aForgedFirstMessageCostsNothing() throws Exception {
    Outgoing<EstablishedChannel, EciesInitialMessage> out =
        reader.connect(shown.publicKey(), HELLO);
    EciesInitialMessage foreign = new EciesInitialMessage(
        Ecies.start(INFO, new FixedRandom(3)).publicKey(), out.message().ciphertext());

    requireCode(ErrorCode.INVALID_MAC, () -> shown.accept(foreign));

    assertThat(shown.isDestroyed()).isFalse();
    assertThat(shown.accept(out.message()).plaintext()).isEqualTo(HELLO);
  }

  @Test
  void keysThatContributeNothingAreRefusedAndCostNothing() throws Exception {
    Curve25519PublicKey zero = Curve25519PublicKey.fromBytes(new byte[32]);
    ChannelMessage any = ChannelMessage.parse(new byte[16]);

    assertThatThrownBy(() -> reader.connect(zero, HELLO)).isInstanceOf(KeyRejectedException.class);
    assertThatThrownBy(() -> shown.accept(new EciesInitialMessage(zero, any)))
        .isInstanceOf(KeyRejectedException.class);

    assertThat(shown.accept(reader.connect(shown.publicKey(), HELLO).message()).plaintext())
        .isEqualTo(HELLO);
  }

  @Test
  void channelsForDifferentPurposesDoNotMeet() throws Exception {
    Ecies other = Ecies.start("ANOTHER", new FixedRandom(1));
    assertThat(other.publicKey()).isEqualTo(shown.publicKey());
    EciesInitialMessage message = reader.connect(shown.publicKey(), HELLO).message();

    assertThatThrownBy(() -> other.accept(message)).isInstanceOf(DecryptionException.class);
  }

  @Test
  void theFirstMessageTravelsAsText() throws Exception {
    EciesInitialMessage message = EciesInitialMessage.fromText(KNOWN_MESSAGE);

    assertThat(message.toText()).isEqualTo(KNOWN_MESSAGE);
    assertThat(message.publicKey().toBase64())
        .isEqualTo("9yA/CX8pJKF02Prd75ZyBQHg3fGTVVGDNl86q1z17Us");
    assertThat(message.ciphertext().bytes()).hasSize(42);
    EciesInitialMessage same = EciesInitialMessage.fromText(KNOWN_MESSAGE);
    assertThat(message).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(KNOWN_MESSAGE);
    EciesInitialMessage other =
        new EciesInitialMessage(message.publicKey(), ChannelMessage.parse(new byte[16]));
    assertThat(message)
        .isNotEqualTo(new EciesInitialMessage(reader.publicKey(), message.ciphertext()))
        .isNotEqualTo(other)
        .doesNotHaveSameHashCodeAs(other);
  }

  @ParameterizedTest
  @CsvSource({
    "'', BAD_FORMAT",
    "AAAAAAAAAAAAAAAAAAAAAA, BAD_FORMAT",
    "AAAAAAAAAAAAAAAAAAAAAA|, INVALID_KEY_LENGTH",
    "AAAAAAAAAAAAAAAAAAAAAA|9yA/CX8pJKF02Prd75ZyBQHg3fGTVVGDNl86q1z17Us|, INVALID_BASE64",
    "AAAAAAAAAAAAAAAAAAAA|9yA/CX8pJKF02Prd75ZyBQHg3fGTVVGDNl86q1z17Us, MESSAGE_TOO_SHORT",
    "|9yA/CX8pJKF02Prd75ZyBQHg3fGTVVGDNl86q1z17Us, MESSAGE_TOO_SHORT",
    "AAAAAAAAAAAAAAAAAAAA-w|9yA/CX8pJKF02Prd75ZyBQHg3fGTVVGDNl86q1z17Us, INVALID_BASE64",
  })
  void otherTextsAreRefused(String text, ErrorCode code) {
    requireCode(code, () -> EciesInitialMessage.fromText(text));
  }

  @Test
  void nothingSecretIsPrinted() throws Exception {
    assertThat(shown).hasToString("Ecies(secret)");
    Incoming<EstablishedChannel> in =
        shown.accept(reader.connect(shown.publicKey(), HELLO).message());
    assertThat(shown).hasToString("Ecies(destroyed)");
    assertThat(in).hasToString("Incoming(EstablishedChannel(secret), 5 bytes)");
    assertThat(in.channel().checkCode()).hasToString("CheckCode(secret)");
    in.channel().close();
    assertThat(in.channel()).hasToString("EstablishedChannel(destroyed)");
    assertThatIllegalStateException().isThrownBy(() -> in.channel().encrypt(HELLO));
    assertThat(EciesInitialMessage.fromText(KNOWN_MESSAGE))
        .hasToString("EciesInitialMessage(Curve25519PublicKey("
            + "9yA/CX8pJKF02Prd75ZyBQHg3fGTVVGDNl86q1z17Us), ChannelMessage(42 bytes))");
  }
}
