package io.karst.crypto.olm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.MessageGapException;
import io.karst.crypto.error.MissingMessageKeyException;
import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.olm.ratchet.ChainKey;
import io.karst.crypto.olm.ratchet.DoubleRatchet;
import io.karst.crypto.olm.ratchet.RatchetCount;
import io.karst.crypto.olm.ratchet.RootKey;
import io.karst.crypto.olm.ratchet.Sender;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bound of a session: one below, at, one above. */
class OlmLimitsTest {

  private static final byte[] EMPTY = {};

  private final FixedRandom random = new FixedRandom(3);
  private final Account accountOfAlice = Account.create(random);
  private final Account accountOfBob = Account.create(random);
  private OlmSession alice = open();
  private OlmSession bob = alice;

  @BeforeEach
  void bobAnswers() throws Exception {
    PreKeyMessage first = (PreKeyMessage) alice.encrypt(EMPTY);
    bob = accountOfBob
        .createInboundSession(SessionConfig.V1, accountOfAlice.identityKeys().curve25519(), first)
        .session();
    alice.decrypt(bob.encrypt(EMPTY));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, DoubleRatchet.MESSAGE_GAP_MAX - 1, DoubleRatchet.MESSAGE_GAP_MAX})
  void gapsUpToTheLimitAreCrossedInANewAndInAKnownChain(int gap) throws Exception {
    lose(gap);
    bob.decrypt(alice.encrypt(EMPTY));

    lose(gap);
    assertThat(bob.decrypt(alice.encrypt(new byte[] {1}))).containsExactly(1);
  }

  @Test
  void aGapBeyondTheLimitIsRefusedInANewAndInAKnownChain() throws Exception {
    lose(DoubleRatchet.MESSAGE_GAP_MAX + 1);
    requireGapRefused(alice.encrypt(EMPTY));
  }

  @Test
  void aGapBeyondTheLimitIsRefusedInAKnownChain() throws Exception {
    bob.decrypt(alice.encrypt(EMPTY));
    lose(DoubleRatchet.MESSAGE_GAP_MAX + 1);
    requireGapRefused(alice.encrypt(EMPTY));
  }

  private void requireGapRefused(OlmMessage message) {
    byte[] before = Snapshot.of(bob);
    assertThatThrownBy(() -> bob.decrypt(message))
        .isInstanceOfSatisfying(MessageGapException.class, e -> {
          assertThat(e.gap()).isEqualTo(DoubleRatchet.MESSAGE_GAP_MAX + 1);
          assertThat(e.gapMax()).isEqualTo(DoubleRatchet.MESSAGE_GAP_MAX);
        });
    assertThat(Snapshot.of(bob)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {39, 40, 41, 59})
  void theNewestFortySkippedKeysOfAChainAreKept(int skipped) throws Exception {
    List<OlmMessage> late = collect(skipped);
    bob.decrypt(alice.encrypt(EMPTY));
    int kept = Math.min(skipped, DoubleRatchet.SKIPPED_KEYS_PER_CHAIN_MAX);

    for (int i = 0; i < skipped - kept; i++) {
      OlmMessage dropped = late.get(i);
      assertThatThrownBy(() -> bob.decrypt(dropped)).isInstanceOf(MissingMessageKeyException.class);
    }
    for (OlmMessage message : late.subList(skipped - kept, skipped)) {
      assertThat(bob.decrypt(message)).isEmpty();
      assertThatThrownBy(() -> bob.decrypt(message)).isInstanceOf(MissingMessageKeyException.class);
    }
  }

  @Test
  void newSkippedKeysPushTheOldestOfTheirChainOut() throws Exception {
    List<OlmMessage> first = collect(30);
    bob.decrypt(alice.encrypt(EMPTY));
    List<OlmMessage> second = collect(11);
    bob.decrypt(alice.encrypt(EMPTY));

    assertThatThrownBy(() -> bob.decrypt(first.get(0)))
        .isInstanceOf(MissingMessageKeyException.class);
    assertThat(bob.decrypt(first.get(1))).isEmpty();
    assertThat(bob.decrypt(second.get(10))).isEmpty();
  }

  @Test
  void newSkippedKeysLeaveThoseOfOtherChains() throws Exception {
    List<OlmMessage> before = collect(5);
    bob.decrypt(alice.encrypt(EMPTY));
    alice.decrypt(bob.encrypt(EMPTY));
    List<OlmMessage> first = collect(30);
    bob.decrypt(alice.encrypt(EMPTY));
    collect(11);
    bob.decrypt(alice.encrypt(EMPTY));

    assertThatThrownBy(() -> bob.decrypt(first.get(0)))
        .isInstanceOf(MissingMessageKeyException.class);
    assertThat(bob.decrypt(first.get(1))).isEmpty();
    for (OlmMessage late : before) {
      assertThat(bob.decrypt(late)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6})
  void messagesMayBeLateByFiveChains(int turns) throws Exception {
    OlmMessage late = alice.encrypt(new byte[] {7});
    bob.decrypt(alice.encrypt(EMPTY));
    for (int i = 0; i < turns; i++) {
      alice.decrypt(bob.encrypt(EMPTY));
      bob.decrypt(alice.encrypt(EMPTY));
    }
    // The late message's chain is one more, so the fifth turn drops it.
    if (turns < DoubleRatchet.RECEIVER_CHAINS_MAX) {
      assertThat(bob.decrypt(late)).containsExactly(7);
    } else {
      byte[] before = Snapshot.of(bob);
      assertThatThrownBy(() -> bob.decrypt(late)).isInstanceOf(DecryptionException.class);
      assertThat(Snapshot.of(bob)).isEqualTo(before);
    }
    SecretAccess access = SecretAccess.forPickling();
    assertThat(bob.ratchet(access).chains())
        .hasSize(Math.min(turns + 2, DoubleRatchet.RECEIVER_CHAINS_MAX));
  }

  @Test
  void theLastIndexOfAChainIsUsedOnceAndNoneComesAfterIt() throws Exception {
    SecretAccess access = SecretAccess.forPickling();
    Sender.Active active = new Sender.Active(
        Curve25519SecretKey.generate(random), ChainKey.of(new byte[32], 0xffff_ffffL));
    DoubleRatchet ratchet = new DoubleRatchet(
        RootKey.of(new byte[32]), active, List.of(), List.of(), RatchetCount.ZERO);
    OlmSession session =
        OlmSession.restore(access, SessionConfig.V1, alice.sessionKeys(), ratchet, random);

    assertThat(session.encrypt(EMPTY).normal().chainIndex()).isEqualTo(0xffff_ffffL);

    byte[] before = Snapshot.of(session);
    assertThatThrownBy(() -> session.encrypt(EMPTY))
        .isInstanceOfSatisfying(
            RatchetExhaustedException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RATCHET_EXHAUSTED));
    assertThat(Snapshot.of(session)).isEqualTo(before);
  }

  @Test
  void countingTurnsStopsInsteadOfOverflowing() {
    RatchetCount most = new RatchetCount(1L << 62);

    assertThat(most.plus(1)).isEqualTo(most);
    assertThat(new RatchetCount(7).plus(-2).value()).isEqualTo(5);
    assertThat(RatchetCount.UNKNOWN.plus(1)).isEqualTo(RatchetCount.UNKNOWN);
    assertThatIllegalArgumentException().isThrownBy(() -> new RatchetCount((1L << 62) + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new RatchetCount(-2));
  }

  /** Each chain but the first takes two turns, and sending after the last one takes another. */
  @Test
  void aStateWithFewerTurnsThanItsChainsTookCannotComeAbout() throws Exception {
    for (int turn = 0; turn < 2; turn++) {
      alice.decrypt(bob.encrypt(EMPTY));
      bob.decrypt(alice.encrypt(EMPTY));
    }
    DoubleRatchet state = bob.ratchet(SecretAccess.forPickling());

    assertThat(state.chains()).hasSize(3);
    assertThat(withCount(state, state.count())).isEqualTo(state);
    assertThat(withCount(state, RatchetCount.UNKNOWN).count().isKnown()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withCount(state, state.count().plus(-1)));
  }

  private static DoubleRatchet withCount(DoubleRatchet state, RatchetCount count) {
    return new DoubleRatchet(
        state.rootKey(), state.sender(), state.chains(), state.skipped(), count);
  }

  @Test
  void secretsThatAStepLeavesBehindAreWiped() throws Exception {
    SecretAccess access = SecretAccess.forPickling();
    collect(2);
    DoubleRatchet before = bob.ratchet(access);
    Sender.Active sender = (Sender.Active) before.sender();
    OlmMessage message = alice.encrypt(EMPTY);
    byte[] forged = message.bytes();
    forged[forged.length - 1] ^= 1;
    assertThatThrownBy(() -> bob.decrypt(OlmMessage.parse(message.type(), forged)))
        .isInstanceOf(DecryptionException.class);
    assertThat(bob.ratchet(access)).isSameAs(before);
    assertThat(before.rootKey().isDestroyed()).isFalse();

    bob.decrypt(message);

    assertThat(before.rootKey().isDestroyed()).isTrue();
    assertThat(sender.ratchetKey().isDestroyed()).isTrue();
    assertThat(sender.chainKey().isDestroyed()).isTrue();
    assertThat(before.chains().get(0).chainKey().isDestroyed())
        .as("still in use")
        .isFalse();
    DoubleRatchet after = bob.ratchet(access);
    assertThat(after.rootKey().isDestroyed()).isFalse();
    assertThat(after.skipped()).hasSize(2).noneMatch(key -> key.messageKey().isDestroyed());
  }

  private void lose(int count) throws Exception {
    collect(count);
  }

  private List<OlmMessage> collect(int count) throws Exception {
    List<OlmMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(alice.encrypt(EMPTY));
    }
    return messages;
  }

  private OlmSession open() {
    try {
      return accountOfAlice.createOutboundSession(
          SessionConfig.V1,
          accountOfBob.identityKeys().curve25519(),
          accountOfBob.generateOneTimeKeys(1).created().get(0));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
