package io.karst.crypto.olm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.MissingMessageKeyException;
import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.olm.ratchet.ChainKey;
import io.karst.crypto.olm.ratchet.DoubleRatchet;
import io.karst.crypto.olm.ratchet.MessageKey;
import io.karst.crypto.olm.ratchet.RatchetCount;
import io.karst.crypto.olm.ratchet.ReceiverChain;
import io.karst.crypto.olm.ratchet.RootKey;
import io.karst.crypto.olm.ratchet.Sender;
import io.karst.crypto.olm.ratchet.SkippedKey;
import io.karst.crypto.wire.NormalMessage;
import io.karst.crypto.wire.SessionConfig;
import io.karst.crypto.wire.SessionKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains where their indices grow by a byte, change their sign, or end. */
class OlmEdgesTest {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final long LAST = 0xffff_ffffL;

  private final FixedRandom random = new FixedRandom(53);
  private final Curve25519SecretKey ratchetKey = Curve25519SecretKey.generate(random);
  private final SessionKeys keys = new SessionKeys(publicKey(), publicKey(), publicKey());

  @ParameterizedTest
  @ValueSource(
      longs = {1L << 7, 1L << 8, 1L << 14, 1L << 16, 1L << 24, 1L << 28, 1L << 31, LAST - 2})
  void messagesAroundEveryEdgeAreOpenedInAnyOrderAndOnce(long edge) throws Exception {
    OlmSession sender = sender(edge - 2);
    OlmSession receiver = receiver(edge - 2);
    List<NormalMessage> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.add(sender.encrypt(new byte[] {(byte) i}).normal());
    }

    for (int i = sent.size() - 1; i >= 0; i--) {
      NormalMessage message = sent.get(i);
      assertThat(message.chainIndex()).isEqualTo(edge - 2 + i);
      assertThat(receiver.decrypt(NormalMessage.parse(message.bytes()))).containsExactly(i);
      byte[] before = Snapshot.of(receiver);
      assertThatThrownBy(() -> receiver.decrypt(message))
          .isInstanceOf(MissingMessageKeyException.class);
      assertThat(Snapshot.of(receiver)).isEqualTo(before);
    }
    assertThat(receiver.ratchet(ACCESS).skipped()).isEmpty();
  }

  @Test
  void theLastIndexIsOpenedAndThenNeitherEndGoesOn() throws Exception {
    OlmSession sender = sender(LAST);
    OlmSession receiver = receiver(LAST);
    NormalMessage last = sender.encrypt(new byte[] {7}).normal();

    assertThat(receiver.decrypt(last)).containsExactly(7);

    ChainKey chain = receiver.ratchet(ACCESS).chains().get(0).chainKey();
    assertThat(chain.index()).isEqualTo(LAST + 1);
    assertThat(chain.isSpent()).isTrue();
    assertThatThrownBy(() -> receiver.decrypt(last)).isInstanceOf(MissingMessageKeyException.class);
    assertThatThrownBy(() -> sender.encrypt(new byte[0]))
        .isInstanceOf(RatchetExhaustedException.class);
  }

  @Test
  void chainsBeginAtZeroAndEndAfterTheLastIndex() {
    byte[] key = new byte[32];

    assertThat(ChainKey.of(key, 0).isSpent()).isFalse();
    assertThat(ChainKey.of(key, LAST).isSpent()).isFalse();
    assertThat(ChainKey.of(key, LAST + 1).isSpent()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> ChainKey.of(key, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> ChainKey.of(key, LAST + 2));
    assertThatIllegalArgumentException().isThrownBy(() -> ChainKey.of(new byte[31], 0));
  }

  @Test
  void asManyChainsAndKeysAsAreKeptCanBeRestoredAndNoMore() {
    int chainsMax = DoubleRatchet.RECEIVER_CHAINS_MAX;
    int skippedMax = DoubleRatchet.SKIPPED_KEYS_MAX;

    assertThat(state(chainsMax, skippedMax).skipped()).hasSize(skippedMax);
    assertThatIllegalArgumentException().isThrownBy(() -> state(chainsMax + 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> state(1, skippedMax + 1));
  }

  private DoubleRatchet state(int chains, int skipped) {
    Curve25519PublicKey peer = publicKey();
    List<ReceiverChain> receiverChains = LongStream.range(0, chains)
        .mapToObj(i -> new ReceiverChain(publicKey(), ChainKey.of(new byte[32], i)))
        .toList();
    List<SkippedKey> skippedKeys = LongStream.range(0, skipped)
        .mapToObj(i -> new SkippedKey(peer, i, MessageKey.of(new byte[32])))
        .toList();
    return new DoubleRatchet(
        RootKey.of(new byte[32]),
        new Sender.Inactive(peer),
        receiverChains,
        skippedKeys,
        RatchetCount.UNKNOWN);
  }

  /** Its chain stands at {@code index}, and it was answered before. */
  private OlmSession sender(long index) {
    Sender.Active active = new Sender.Active(ratchetKey, ChainKey.of(new byte[32], index));
    return session(active, List.of(new ReceiverChain(publicKey(), ChainKey.of(new byte[32], 1))));
  }

  private OlmSession receiver(long index) {
    var chain = new ReceiverChain(ratchetKey.publicKey(), ChainKey.of(new byte[32], index));
    return session(new Sender.Inactive(ratchetKey.publicKey()), List.of(chain));
  }

  private OlmSession session(Sender sender, List<ReceiverChain> chains) {
    DoubleRatchet ratchet = new DoubleRatchet(
        RootKey.of(new byte[32]), sender, chains, List.of(), RatchetCount.UNKNOWN);
    return OlmSession.restore(ACCESS, SessionConfig.V2, keys, ratchet, random);
  }

  private Curve25519PublicKey publicKey() {
    return Curve25519SecretKey.generate(random).publicKey();
  }
}
