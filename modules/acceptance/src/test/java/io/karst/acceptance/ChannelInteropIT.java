package io.karst.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.karst.crypto.channel.ChannelMessage;
import io.karst.crypto.channel.CheckCode;
import io.karst.crypto.channel.Ecies;
import io.karst.crypto.channel.EciesInitialMessage;
import io.karst.crypto.channel.EstablishedChannel;
import io.karst.crypto.channel.HpkeInitialMessage;
import io.karst.crypto.channel.HpkeInitialResponse;
import io.karst.crypto.channel.HpkeRecipient;
import io.karst.crypto.channel.HpkeResponder;
import io.karst.crypto.channel.HpkeSender;
import io.karst.crypto.channel.Incoming;
import io.karst.crypto.channel.Outgoing;
import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.RandomBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Channels to a device that shows its key: ECIES with vodozemac as Matrix's clients have it, HPKE
 * with another library of RFC 9180, each end by either side.
 */
class ChannelInteropIT {

  private static final long SEED = Long.getLong("karst.seed", 4_711);
  private static final RandomBytes RANDOM = new Random(SEED)::nextBytes;
  private static final String INFO = Ecies.MATRIX_QR_CODE_LOGIN;
  private static final String HELLO = "hello, größer";
  private static final String ANSWER = "yes";
  private static final String BOUND = "bound";
  private static final int MESSAGES = 5;

  private static ForeignPeer ecies;
  private static ForeignPeer hpke;

  @BeforeAll
  static void start() throws IOException {
    ecies = ForeignPeer.ofChannels("ecies");
    hpke = ForeignPeer.ofChannels("hpke");
  }

  @AfterAll
  static void stop() throws IOException {
    ecies.close();
    hpke.close();
  }

  @Test
  void weConnectToVodozemacByEcies() throws Exception {
    JsonObject shown = ecies.ask("start");
    Outgoing<EstablishedChannel, EciesInitialMessage> out =
        Ecies.start(INFO, RANDOM).connect(keyOf(shown), utf8(HELLO));

    JsonObject theirs = ecies.ask(
        "accept", "start", number(shown, "start"), "message", out.message().toText());

    assertThat(text(theirs, "text")).isEqualTo(HELLO);
    requireEciesConversation(out.channel(), theirs);
  }

  @Test
  void vodozemacConnectsToUsByEcies() throws Exception {
    Ecies shown = Ecies.start(INFO, RANDOM);
    JsonObject theirs = ecies.ask(
        "connect",
        "start",
        number(ecies.ask("start"), "start"),
        "key",
        shown.publicKey().toBase64(),
        "text",
        HELLO);
    String message = text(theirs, "message");
    assertThat(EciesInitialMessage.fromText(message).toText()).isEqualTo(message);

    Incoming<EstablishedChannel> in = shown.accept(EciesInitialMessage.fromText(message));

    assertThat(in.plaintext()).isEqualTo(utf8(HELLO));
    requireEciesConversation(in.channel(), theirs);
  }

  @Test
  void vodozemacRefusesWhatWasNotSaidToIt() throws Exception {
    JsonObject shown = ecies.ask("start");
    Curve25519PublicKey other = keyOf(ecies.ask("start"));
    EciesInitialMessage message =
        Ecies.start(INFO, RANDOM).connect(other, utf8(HELLO)).message();

    assertThat(
            ecies.refuses("accept", "start", number(shown, "start"), "message", message.toText()))
        .isTrue();
  }

  private static void requireEciesConversation(EstablishedChannel ours, JsonObject theirs)
      throws Exception {
    CheckCode code = ours.checkCode();
    assertThat(code.number()).isEqualTo(number(theirs, "code"));
    assertThat(code.numberWithoutLeadingZero()).isEqualTo(number(theirs, "codeWithoutZero"));
    int channel = number(theirs, "channel");
    for (int i = 0; i < MESSAGES; i++) {
      String sent = ours.encrypt(utf8(HELLO)).toBase64();
      assertThat(text(ecies.ask("decrypt", "channel", channel, "message", sent), "text"))
          .isEqualTo(HELLO);
      ChannelMessage received = ChannelMessage.fromBase64(
          text(ecies.ask("encrypt", "channel", channel, "text", ANSWER), "message"));
      assertThat(ours.decrypt(received)).isEqualTo(utf8(ANSWER));
      assertThatThrownBy(() -> ours.decrypt(received)).isInstanceOf(DecryptionException.class);
    }
  }

  @Test
  void weConnectByHpke() throws Exception {
    JsonObject shown = hpke.ask("start");
    Outgoing<HpkeSender, HpkeInitialMessage> out =
        HpkeSender.connect(INFO, keyOf(shown), utf8(HELLO), utf8(BOUND), RANDOM);

    JsonObject theirs = hpke.ask(
        "accept",
        "info",
        INFO,
        "start",
        number(shown, "start"),
        "message",
        out.message().toBase64(),
        "associated",
        BOUND,
        "answer",
        ANSWER);
    Incoming<EstablishedChannel> completed = out.channel()
        .complete(HpkeInitialResponse.fromBase64(text(theirs, "response")), utf8(BOUND));

    assertThat(text(theirs, "text")).isEqualTo(HELLO);
    assertThat(completed.plaintext()).isEqualTo(utf8(ANSWER));
    requireHpkeConversation(completed.channel(), theirs);
  }

  @Test
  void anotherLibraryConnectsToUsByHpke() throws Exception {
    HpkeRecipient shown = HpkeRecipient.start(INFO, RANDOM);
    JsonObject connected = hpke.ask(
        "connect",
        "info",
        INFO,
        "key",
        shown.publicKey().toBase64(),
        "text",
        HELLO,
        "associated",
        BOUND);

    Incoming<HpkeResponder> in =
        shown.accept(HpkeInitialMessage.fromBase64(text(connected, "message")), utf8(BOUND));
    Outgoing<EstablishedChannel, HpkeInitialResponse> out =
        in.channel().respond(utf8(ANSWER), utf8(BOUND), RANDOM);
    JsonObject theirs = hpke.ask(
        "complete",
        "sender",
        number(connected, "sender"),
        "response",
        out.message().toBase64(),
        "associated",
        BOUND);

    assertThat(in.plaintext()).isEqualTo(utf8(HELLO));
    assertThat(text(theirs, "text")).isEqualTo(ANSWER);
    requireHpkeConversation(out.channel(), theirs);
  }

  private static void requireHpkeConversation(EstablishedChannel ours, JsonObject theirs)
      throws Exception {
    assertThat(ours.checkCode().bytes())
        .isEqualTo(Base64.getDecoder().decode(text(theirs, "code")));
    int channel = number(theirs, "channel");
    for (int i = 0; i < MESSAGES; i++) {
      String sent = ours.encrypt(utf8(HELLO), utf8(BOUND)).toBase64();
      JsonObject opened =
          hpke.ask("decrypt", "channel", channel, "message", sent, "associated", BOUND);
      assertThat(text(opened, "text")).isEqualTo(HELLO);
      JsonObject sealed =
          hpke.ask("encrypt", "channel", channel, "text", ANSWER, "associated", BOUND);
      ChannelMessage received = ChannelMessage.fromBase64(text(sealed, "message"));
      assertThat(ours.decrypt(received, utf8(BOUND))).isEqualTo(utf8(ANSWER));
    }
  }

  private static Curve25519PublicKey keyOf(JsonObject answer) throws Exception {
    return Curve25519PublicKey.fromBase64(text(answer, "key"));
  }

  private static String text(JsonObject answer, String field) {
    return answer.get(field).getAsString();
  }

  private static int number(JsonObject answer, String field) {
    return answer.get(field).getAsInt();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
