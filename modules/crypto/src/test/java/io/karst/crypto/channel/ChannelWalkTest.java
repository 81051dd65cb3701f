package io.karst.crypto.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages altered, repeated, left out and out of order, in channels of both kinds. */
class ChannelWalkTest {

  private static final long SEED = Long.getLong("karst.seed", 4_711);
  private static final byte[] EMPTY = {};
  private static final int MESSAGES = 40;

  /** How a channel is made: reader of the key first, its owner second. */
  enum Kind {
    ECIES {
      @Override
      List<EstablishedChannel> ends() throws CryptoException {
        Ecies shown = Ecies.start("info", new FixedRandom(SEED));
        var out = Ecies.start("info", new FixedRandom(SEED + 1)).connect(shown.publicKey(), EMPTY);
        return List.of(out.channel(), shown.accept(out.message()).channel());
      }
    },
    HPKE {
      @Override
      List<EstablishedChannel> ends() throws CryptoException {
        HpkeRecipient shown = HpkeRecipient.start("info", new FixedRandom(SEED));
        var out =
            HpkeSender.connect("info", shown.publicKey(), EMPTY, EMPTY, new FixedRandom(SEED + 1));
        var answered = shown
            .accept(out.message(), EMPTY)
            .channel()
            .respond(EMPTY, EMPTY, new FixedRandom(SEED + 2));
        return List.of(
            out.channel().complete(answered.message(), EMPTY).channel(), answered.channel());
      }
    };

    abstract List<EstablishedChannel> ends() throws CryptoException;
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheNextMessageIsOpenedAndNothingElseMovesTheChannel(Kind kind) throws Exception {
    Random random = new Random(SEED);
    for (int direction = 0; direction < 2; direction++) {
      EstablishedChannel sender = kind.ends().get(direction);
      EstablishedChannel receiver = kind.ends().get(1 - direction);
      List<byte[]> said = new ArrayList<>();
      List<ChannelMessage> sent = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        byte[] plaintext = new byte[random.nextInt(100)];
        random.nextBytes(plaintext);
        said.add(plaintext);
        sent.add(sender.encrypt(plaintext));
      }
      for (int i = 0; i < MESSAGES; i++) {
        requireRefused(receiver, altered(sent.get(i), random));
        int other = random.nextInt(MESSAGES);
        if (other != i) {
          requireRefused(receiver, sent.get(other));
        }
        requireRefused(sender, sent.get(i));
        assertThat(receiver.decrypt(sent.get(i))).isEqualTo(said.get(i));
      }
    }
  }

  private static ChannelMessage altered(ChannelMessage message, Random random)
      throws CryptoException {
    byte[] bytes = message.bytes();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return ChannelMessage.parse(bytes);
  }

  private static void requireRefused(EstablishedChannel channel, ChannelMessage message) {
    assertThatThrownBy(() -> channel.decrypt(message))
        .isInstanceOfSatisfying(
            DecryptionException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MAC));
  }
}
