package io.karst.crypto.channel;

import static io.karst.crypto.Refusals.requireCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HpkeTest {

  private static final String INFO = "a purpose";
  private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};
  private static final byte[] ANSWER = {'y', 'e', 's'};
  private static final byte[] BOUND = {1, 2, 3};
  private static final byte[] EMPTY = {};
  private static final ChannelMessage ANY = new ChannelMessage(new byte[16]);

  private final HpkeRecipient recipient = HpkeRecipient.start(INFO, new FixedRandom(1));
  private final Curve25519PublicKey shownKey = recipient.publicKey();

  /** RFC 9180, appendix A.2.1: X25519, HKDF-SHA256 and ChaCha20-Poly1305 in base mode. */
  @Test
  void theFirstMessageIsThatOfTheRfc() throws Exception {
    byte[] ephemeral = hex("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600");
    Curve25519PublicKey theirs = Curve25519PublicKey.fromBytes(
        hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"));

    HpkeInitialMessage message = HpkeSender.connect(
            "Ode on a Grecian Urn",
            theirs,
            ascii("Beauty is truth, truth beauty"),
            ascii("Count-0"),
            target -> System.arraycopy(ephemeral, 0, target, 0, target.length))
        .message();

    assertThat(message.encapsulatedKey().bytes())
        .isEqualTo(hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"));
    assertThat(message.ciphertext().bytes())
        .isEqualTo(hex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db"
            + "21993c62ce81883d2dd1b51a28"));
  }

  @Test
  void bothEndsSpeakAndDeriveOneCheckCode() throws Exception {
    Pair pair = new Pair();

    assertThat(pair.there.checkCode()).isEqualTo(pair.here.checkCode());
    for (int i = 0; i < 3; i++) {
      assertThat(pair.here.decrypt(pair.there.encrypt(HELLO, BOUND), BOUND)).isEqualTo(HELLO);
      assertThat(pair.there.decrypt(pair.here.encrypt(EMPTY))).isEmpty();
    }
    assertThat(pair.there.publicKey()).isEqualTo(shownKey).isEqualTo(pair.here.theirPublicKey());
    assertThat(pair.here.publicKey()).isEqualTo(pair.there.theirPublicKey());
  }

  @Test
  void eachStepIsTakenOnce() throws Exception {
    Outgoing<HpkeSender, HpkeInitialMessage> out = connect(2);
    HpkeResponder responder = recipient.accept(out.message(), BOUND).channel();
    HpkeInitialResponse response =
        responder.respond(ANSWER, EMPTY, new FixedRandom(3)).message();
    out.channel().complete(response, EMPTY);

    assertThat(recipient.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> recipient.accept(out.message(), BOUND));
    assertThat(responder.isDestroyed()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> responder.respond(ANSWER, EMPTY, new FixedRandom(3)));
    assertThat(out.channel().isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> out.channel().complete(response, EMPTY));
  }

  @Test
  void aForgedFirstMessageCostsNothing() throws Exception {
    HpkeInitialMessage message = connect(2).message();
    HpkeInitialMessage foreign =
        new HpkeInitialMessage(connect(3).message().encapsulatedKey(), message.ciphertext());

    requireCode(ErrorCode.INVALID_MAC, () -> recipient.accept(foreign, BOUND));
    requireCode(ErrorCode.INVALID_MAC, () -> recipient.accept(message, EMPTY));

    assertThat(recipient.accept(message, BOUND).plaintext()).isEqualTo(HELLO);
  }

  @Test
  void aForgedAnswerCostsNothing() throws Exception {
    Outgoing<HpkeSender, HpkeInitialMessage> out = connect(2);
    HpkeInitialResponse response = recipient
        .accept(out.message(), BOUND)
        .channel()
        .respond(ANSWER, BOUND, new FixedRandom(3))
        .message();
    HpkeInitialResponse otherNonce = new HpkeInitialResponse(new byte[32], response.ciphertext());

    requireCode(ErrorCode.INVALID_MAC, () -> out.channel().complete(otherNonce, BOUND));
    requireCode(ErrorCode.INVALID_MAC, () -> out.channel().complete(response, EMPTY));

    assertThat(out.channel().complete(response, BOUND).plaintext()).isEqualTo(ANSWER);
  }

  @Test
  void keysThatContributeNothingAreRefusedAndCostNothing() throws Exception {
    Curve25519PublicKey zero = Curve25519PublicKey.fromBytes(new byte[32]);
    HpkeInitialMessage message = new HpkeInitialMessage(zero, ANY);

    assertThatThrownBy(() -> HpkeSender.connect(INFO, zero, HELLO, EMPTY, new FixedRandom(2)))
        .isInstanceOf(KeyRejectedException.class);
    assertThatThrownBy(() -> recipient.accept(message, EMPTY))
        .isInstanceOf(KeyRejectedException.class);

    assertThat(recipient.isDestroyed()).isFalse();
  }

  @Test
  void channelsForDifferentPurposesDoNotMeet() throws Exception {
    HpkeRecipient other = HpkeRecipient.start("another", new FixedRandom(1));
    assertThat(other.publicKey()).isEqualTo(shownKey);
    HpkeInitialMessage message = connect(2).message();

    assertThatThrownBy(() -> other.accept(message, BOUND)).isInstanceOf(DecryptionException.class);
  }

  @Test
  void whatIsBoundToAMessageMustBeThereToOpenIt() throws Exception {
    Pair pair = new Pair();
    ChannelMessage message = pair.here.encrypt(HELLO, BOUND);

    requireCode(ErrorCode.INVALID_MAC, () -> pair.there.decrypt(message));

    assertThat(pair.there.decrypt(message, BOUND)).isEqualTo(HELLO);
  }

  @Test
  void messagesTravelAsBytesAndAsText() throws Exception {
    HpkeInitialMessage message = connect(2).message();
    assertThat(message.bytes()).hasSize(32 + 5 + 16);
    for (HpkeInitialMessage same : new HpkeInitialMessage[] {
      HpkeInitialMessage.parse(message.bytes()), HpkeInitialMessage.fromBase64(message.toBase64()),
    }) {
      assertThat(same).isEqualTo(message).hasSameHashCodeAs(message).isNotEqualTo("text");
      assertThat(recipientOf().accept(same, BOUND).plaintext()).isEqualTo(HELLO);
    }
    assertThat(message)
        .isNotEqualTo(new HpkeInitialMessage(shownKey, message.ciphertext()))
        .isNotEqualTo(new HpkeInitialMessage(message.encapsulatedKey(), ANY));

    HpkeInitialResponse response = recipientOf()
        .accept(message, BOUND)
        .channel()
        .respond(ANSWER, EMPTY, new FixedRandom(3))
        .message();
    assertThat(response.bytes()).hasSize(32 + 3 + 16);
    assertThat(response.nonce()).isEqualTo(new FixedRandom(3).next(32));
    HpkeInitialResponse same = HpkeInitialResponse.fromBase64(response.toBase64());
    assertThat(same).isEqualTo(response).hasSameHashCodeAs(response).isNotEqualTo("text");
    assertThat(response)
        .isNotEqualTo(new HpkeInitialResponse(new byte[32], response.ciphertext()))
        .doesNotHaveSameHashCodeAs(new HpkeInitialResponse(new byte[32], ANY))
        .hasToString("HpkeInitialResponse(ChannelMessage(19 bytes))");
    assertThat(message)
        .doesNotHaveSameHashCodeAs(connect(3).message())
        .hasToString(
            "HpkeInitialMessage(" + message.encapsulatedKey() + ", ChannelMessage(21 bytes))");
  }

  @Test
  void messagesWithoutRoomForATagAreRefused() throws Exception {
    requireCode(ErrorCode.MESSAGE_TOO_SHORT, () -> HpkeInitialMessage.parse(new byte[47]));
    requireCode(ErrorCode.MESSAGE_TOO_SHORT, () -> HpkeInitialResponse.parse(new byte[47]));
    requireCode(ErrorCode.MESSAGE_TOO_SHORT, () -> HpkeInitialMessage.fromBase64(""));
    requireCode(ErrorCode.INVALID_BASE64, () -> HpkeInitialResponse.fromBase64("*"));
    assertThat(HpkeInitialMessage.parse(new byte[48]).ciphertext().bytes()).hasSize(16);
    assertThat(HpkeInitialResponse.parse(new byte[48]).ciphertext().bytes()).hasSize(16);
  }

  @Test
  void nothingSecretIsPrinted() throws Exception {
    assertThat(recipient).hasToString("HpkeRecipient(secret)");
    Outgoing<HpkeSender, HpkeInitialMessage> out = connect(2);
    HpkeResponder responder = recipient.accept(out.message(), BOUND).channel();
    assertThat(recipient).hasToString("HpkeRecipient(destroyed)");
    assertThat(responder).hasToString("HpkeResponder(secret)");
    assertThat(out.channel()).hasToString("HpkeSender(secret)");
    responder.close();
    out.channel().close();
    assertThat(responder).hasToString("HpkeResponder(destroyed)");
    assertThat(out.channel()).hasToString("HpkeSender(destroyed)");
    assertThatIllegalStateException()
        .isThrownBy(() -> responder.respond(ANSWER, EMPTY, new FixedRandom(3)));
  }

  private Outgoing<HpkeSender, HpkeInitialMessage> connect(long seed) throws CryptoException {
    return HpkeSender.connect(INFO, shownKey, HELLO, BOUND, new FixedRandom(seed));
  }

  private static HpkeRecipient recipientOf() {
    return HpkeRecipient.start(INFO, new FixedRandom(1));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Both ends of one channel. */
  private final class Pair {

    private final EstablishedChannel here;
    private final EstablishedChannel there;

    Pair() throws CryptoException {
      Outgoing<HpkeSender, HpkeInitialMessage> out = connect(2);
      Incoming<HpkeResponder> in = recipient.accept(out.message(), BOUND);
      assertThat(in.plaintext()).isEqualTo(HELLO);
      Outgoing<EstablishedChannel, HpkeInitialResponse> answered =
          in.channel().respond(ANSWER, EMPTY, new FixedRandom(3));
      Incoming<EstablishedChannel> completed = out.channel().complete(answered.message(), EMPTY);
      assertThat(completed.plaintext()).isEqualTo(ANSWER);
      here = completed.channel();
      there = answered.channel();
    }
  }
}
