package io.karst.crypto.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.UnsupportedVersionException;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.primitive.CipherKeys;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is parsed is what is written, and nothing else is parsed. */
class MessageFormTest {

  private static final byte[] PLAINTEXT = {1, 2, 3};

  private final FixedRandom random = new FixedRandom(5);
  private final Ed25519SigningKey signingKey = Ed25519SigningKey.generate(random);
  private final Curve25519SecretKey ratchetKey = Curve25519SecretKey.generate(random);
  private final CipherKeys keys = CipherKeys.derive(new byte[32], PLAINTEXT);

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_456, 0xffff_ffffL})
  void indicesOfEveryLengthComeBack(long index) throws Exception {
    MegolmMessage group = MegolmMessage.seal(SessionConfig.V1, index, PLAINTEXT, keys, signingKey);
    NormalMessage normal =
        NormalMessage.seal(SessionConfig.V2, ratchetKey.publicKey(), index, PLAINTEXT, keys);

    assertThat(MegolmMessage.parse(group.bytes())).isEqualTo(group);
    assertThat(MegolmMessage.parse(group.bytes()).messageIndex()).isEqualTo(index);
    assertThat(NormalMessage.parse(normal.bytes()).chainIndex()).isEqualTo(index);
  }

  @ParameterizedTest
  @EnumSource(SessionConfig.class)
  void partsOfAGroupMessageComeBack(SessionConfig config) throws Exception {
    MegolmMessage sealed = MegolmMessage.seal(config, 300, PLAINTEXT, keys, signingKey);
    MegolmMessage parsed = MegolmMessage.fromBase64(sealed.toBase64());

    parsed.verify(signingKey.publicKey());
    assertThat(parsed.open(keys)).isEqualTo(PLAINTEXT);
    assertThat(parsed.config()).isEqualTo(config);
    assertThat(parsed.mac()).hasSize(config.macLength());
    assertThat(parsed.ciphertext()).hasSize(16);
    assertThat(parsed.signature()).isEqualTo(sealed.signature());
    assertThat(parsed).hasSameHashCodeAs(sealed);
  }

  @ParameterizedTest
  @EnumSource(SessionConfig.class)
  void partsOfAPreKeyMessageComeBack(SessionConfig config) throws Exception {
    PreKeyMessage wrapped = preKey(config);
    OlmMessage parsed = OlmMessage.fromBase64(0, wrapped.toBase64());

    assertThat(parsed).isEqualTo(wrapped).hasSameHashCodeAs(wrapped);
    assertThat(parsed.type()).isZero();
    assertThat(parsed.normal().type()).isEqualTo(1);
    assertThat(parsed.normal().config()).isEqualTo(config);
    assertThat(parsed.normal().mac()).hasSize(config.macLength());
    assertThat(OlmMessage.parse(1, parsed.normal().bytes())).isEqualTo(wrapped.normal());
    boolean isPreKey = parsed.match(new OlmMessage.Cases<Boolean>() {
      @Override
      public Boolean preKey(PreKeyMessage message) {
        return true;
      }

      @Override
      public Boolean normal(NormalMessage message) {
        return false;
      }
    });
    assertThat(isPreKey).isTrue();
  }

  @Test
  void everyCutOffMessageIsRefused() {
    byte[] group =
        MegolmMessage.seal(SessionConfig.V1, 9, PLAINTEXT, keys, signingKey).bytes();
    byte[] preKey = preKey(SessionConfig.V1).bytes();
    for (int length = 0; length < group.length; length++) {
      byte[] cut = Arrays.copyOf(group, length);
      assertThatThrownBy(() -> MegolmMessage.parse(cut)).isInstanceOf(EncodingException.class);
    }
    for (int length = 0; length < preKey.length; length++) {
      byte[] cut = Arrays.copyOf(preKey, length);
      assertThatThrownBy(() -> PreKeyMessage.parse(cut)).isInstanceOf(EncodingException.class);
      assertThatThrownBy(() -> NormalMessage.parse(cut)).isInstanceOf(EncodingException.class);
    }
  }

  /** Every byte of the frame around the ciphertext has one value only, or another meaning. */
  @Test
  void whateverByteIsChangedTheMessageIsRefusedOrStaysCanonical() throws Exception {
    byte[] frame = preKey(SessionConfig.V1).bytes();
    int parsed = 0;
    for (int at = 0; at < frame.length; at++) {
      for (int value = 0; value < 256; value++) {
        byte[] changed = frame.clone();
        changed[at] = (byte) value;
        try {
          PreKeyMessage message = PreKeyMessage.parse(changed);
          assertThat(PreKeyMessage.wrap(message.sessionKeys(), message.normal()).bytes())
              .isEqualTo(changed);
          parsed++;
        } catch (EncodingException refused) {
          assertThat(at < 3 || at > 34).as("a key may have any bytes").isTrue();
        }
      }
    }
    assertThat(parsed).isPositive();
  }

  @Test
  void refusalsSayWhy() {
    assertThatThrownBy(() -> MegolmMessage.parse(new byte[0]))
        .isInstanceOfSatisfying(
            EncodingException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_VERSION));
    assertThatThrownBy(() -> MegolmMessage.parse(new byte[] {9, 0}))
        .isInstanceOfSatisfying(
            UnsupportedVersionException.class, e -> assertThat(e.actual()).isEqualTo(9));
    assertThatThrownBy(() -> MegolmMessage.parse(new byte[] {3, 8, 0}))
        .isInstanceOfSatisfying(
            EncodingException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_TOO_SHORT));
    assertThatThrownBy(() -> OlmMessage.parse(2, new byte[] {3}))
        .isInstanceOfSatisfying(
            EncodingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FORMAT));
    assertThatThrownBy(() -> OlmMessage.fromBase64(-1, "Aw")).isInstanceOf(EncodingException.class);
  }

  /** Whole frames, but their ciphertext is not made of whole blocks. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 17, 31})
  void ciphertextsOfPartialBlocksAreRefusedUnread(int length) {
    byte[] ciphertext = new byte[length];
    byte[] group = new FrameWriter((byte) 3, 4 + length, 8 + 64)
        .number(0x08, 5)
        .bytes(0x12, ciphertext)
        .append(new byte[8 + 64])
        .finish();
    byte[] normal = new FrameWriter((byte) 3, 34 + 2 + 2 + length, 8)
        .bytes(0x0a, new byte[32])
        .number(0x10, 5)
        .bytes(0x22, ciphertext)
        .append(new byte[8])
        .finish();

    for (Parsing parsing :
        List.<Parsing>of(() -> MegolmMessage.parse(group), () -> NormalMessage.parse(normal))) {
      assertThatThrownBy(parsing::run)
          .isInstanceOfSatisfying(
              EncodingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FORMAT));
    }
  }

  @Test
  void aPreKeyMessageHasTheFirstVersionWhateverIsInside() throws Exception {
    byte[] frame = preKey(SessionConfig.V2).bytes();
    frame[0] = 4;

    assertThat(PreKeyMessage.parse(preKey(SessionConfig.V2).bytes()).normal().config())
        .isEqualTo(SessionConfig.V2);
    assertThatThrownBy(() -> PreKeyMessage.parse(frame))
        .isInstanceOfSatisfying(UnsupportedVersionException.class, e -> {
          assertThat(e.expected()).isEqualTo(3);
          assertThat(e.actual()).isEqualTo(4);
        });
  }

  /** Something that parses. */
  @FunctionalInterface
  private interface Parsing {
    Object run() throws EncodingException;
  }

  @Test
  void plaintextsOfUpToTheLimitAreSealedAndParsed() throws Exception {
    byte[] largest = new byte[FrameWriter.PLAINTEXT_BYTES_MAX];
    byte[] tooLarge = new byte[FrameWriter.PLAINTEXT_BYTES_MAX + 1];

    NormalMessage normal =
        NormalMessage.seal(SessionConfig.V2, ratchetKey.publicKey(), 0xffff_ffffL, largest, keys);
    PreKeyMessage wrapped = PreKeyMessage.wrap(preKey(SessionConfig.V2).sessionKeys(), normal);

    assertThat(PreKeyMessage.parse(wrapped.bytes()).normal().open(keys)).isEqualTo(largest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MegolmMessage.seal(SessionConfig.V1, 0, tooLarge, keys, signingKey));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> NormalMessage.seal(SessionConfig.V1, ratchetKey.publicKey(), 0, tooLarge, keys));
  }

  @Test
  void framesBeyondTheLimitAreRefusedUnread() throws Exception {
    byte[] atLimit = new byte[FrameWriter.MESSAGE_BYTES_MAX];
    byte[] beyond = new byte[FrameWriter.MESSAGE_BYTES_MAX + 1];
    atLimit[0] = 3;
    beyond[0] = 3;

    assertThatThrownBy(() -> NormalMessage.parse(atLimit))
        .isInstanceOfSatisfying(
            EncodingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FORMAT));
    assertThatThrownBy(() -> NormalMessage.parse(beyond))
        .isInstanceOfSatisfying(
            EncodingException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_TOO_LONG));
  }

  private PreKeyMessage preKey(SessionConfig config) {
    NormalMessage inner = NormalMessage.seal(config, ratchetKey.publicKey(), 0, PLAINTEXT, keys);
    SessionKeys sessionKeys = new SessionKeys(
        Curve25519SecretKey.generate(random).publicKey(),
        Curve25519SecretKey.generate(random).publicKey(),
        Curve25519SecretKey.generate(random).publicKey());
    return PreKeyMessage.wrap(sessionKeys, inner);
  }
}
