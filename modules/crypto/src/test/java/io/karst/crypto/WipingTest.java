package io.karst.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.ExportedSessionKey;
import io.karst.crypto.megolm.ForwardOnlyGroupSession;
import io.karst.crypto.megolm.ForwardOnlyKeys;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.Ratchet;
import io.karst.crypto.megolm.RatchetPair;
import io.karst.crypto.megolm.SessionKey;
import io.karst.crypto.megolm.SkippedKey;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.AccountState;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.olm.PreKey;
import io.karst.crypto.olm.ratchet.DoubleRatchet;
import io.karst.crypto.olm.ratchet.Sender;
import io.karst.crypto.pickle.StateReader;
import io.karst.crypto.pickle.StateWriter;
import io.karst.crypto.pickle.libolm.LibolmPickler;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Secrets are wiped when they are used up, replaced or closed, and not before. */
class WipingTest {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final SessionConfig CONFIG = SessionConfig.V1;
  private static final byte[] EMPTY = {};

  private final FixedRandom random = new FixedRandom(23);
  private final OutboundGroupSession sender = OutboundGroupSession.create(CONFIG, random);

  @Test
  void aReceiverWipesTheRatchetsThatItReplaces() throws Exception {
    InboundGroupSession receiver = InboundGroupSession.fromSessionKey(CONFIG, sender.sessionKey());
    RatchetPair start = receiver.ratchets(ACCESS);
    sender.encrypt(EMPTY);

    receiver.decrypt(sender.encrypt(EMPTY));

    assertThat(start.latest().isDestroyed()).isTrue();
    assertThat(start.initial().isDestroyed()).isFalse();
    Ratchet latest = receiver.ratchets(ACCESS).latest();
    receiver.advanceTo(1);
    assertThat(start.initial().isDestroyed()).isTrue();
    assertThat(latest.isDestroyed()).isFalse();
    receiver.advanceTo(5);
    assertThat(latest.isDestroyed()).isTrue();
    assertThat(receiver.isDestroyed()).isFalse();
    RatchetPair end = receiver.ratchets(ACCESS);
    receiver.close();
    requireWiped(end.initial(), end.latest());
  }

  @Test
  void whoReadsOnceWipesEachKeyThatServedOrGaveWay() throws Exception {
    ForwardOnlyGroupSession reader =
        ForwardOnlyGroupSession.fromSessionKey(CONFIG, sender.sessionKey());
    MegolmMessage first = sender.encrypt(EMPTY);
    for (int i = 1; i < ForwardOnlyGroupSession.SKIPPED_KEYS_MAX; i++) {
      sender.encrypt(EMPTY);
    }
    Ratchet start = reader.keys(ACCESS).ratchet();
    reader.decrypt(sender.encrypt(EMPTY));
    assertThat(start.isDestroyed()).isTrue();
    ForwardOnlyKeys keys = reader.keys(ACCESS);
    List<SkippedKey> skipped = keys.skipped();
    assertThat(skipped).hasSize(ForwardOnlyGroupSession.SKIPPED_KEYS_MAX);
    assertThat(skipped).noneMatch(SkippedKey::isDestroyed);

    reader.decrypt(first);
    assertThat(skipped.get(0).isDestroyed()).isTrue();
    sender.encrypt(EMPTY);
    sender.encrypt(EMPTY);
    reader.decrypt(sender.encrypt(EMPTY));
    assertThat(skipped.get(1).isDestroyed()).isTrue();
    assertThat(skipped.get(2).isDestroyed()).isFalse();
    reader.advanceTo(4);

    assertThat(skipped.get(3).isDestroyed()).isTrue();
    assertThat(skipped.get(4).isDestroyed()).isFalse();
    assertThat(reader.isDestroyed()).isFalse();
  }

  @Test
  void anAccountWipesTheKeysThatItForgets() throws Exception {
    Account account = Account.create(random);
    account.generateOneTimeKeys(2);
    for (int i = 0; i < 2; i++) {
      account.generateFallbackKey();
    }
    AccountState state = account.state(ACCESS);
    PreKey used = state.oneTimeKeys().get(0);
    PreKey previous = state.fallbackKeys().keys().get(1);

    receiveWith(account, used);
    account.generateFallbackKey();

    assertThat(used.secretKey().isDestroyed()).isTrue();
    assertThat(state.oneTimeKeys().get(1).secretKey().isDestroyed()).isFalse();
    assertThat(previous.secretKey().isDestroyed()).isTrue();
    PreKey next = state.fallbackKeys().keys().get(0);
    assertThat(next.secretKey().isDestroyed()).isFalse();
    account.forgetFallbackKey();
    assertThat(next.secretKey().isDestroyed()).isTrue();

    AccountState last = account.state(ACCESS);
    assertThat(account.isDestroyed()).isFalse();
    account.close();
    requireWiped(last.signingKey(), last.identityKey());
    assertThat(Stream.concat(last.oneTimeKeys().stream(), last.fallbackKeys().keys().stream()))
        .hasSize(2)
        .allMatch(key -> key.secretKey().isDestroyed());
  }

  @Test
  void theOldestOneTimeKeyIsWipedWhenItGivesWay() {
    Account account = Account.create(random);
    account.generateOneTimeKeys(Account.ONE_TIME_KEYS_STORED_MAX);
    List<PreKey> keys = account.state(ACCESS).oneTimeKeys();

    account.generateOneTimeKeys(1);

    assertThat(keys.get(0).secretKey().isDestroyed()).isTrue();
    assertThat(keys.get(1).secretKey().isDestroyed()).isFalse();
  }

  @Test
  void aClosedOlmSessionHasNoSecretLeft() throws Exception {
    OlmSession session = spokenSession();
    DoubleRatchet state = session.ratchet(ACCESS);
    Sender.Active active = (Sender.Active) state.sender();
    assertThat(session.isDestroyed()).isFalse();

    session.close();

    requireWiped(state.rootKey(), active.ratchetKey(), active.chainKey());
    assertThat(state.chains()).isNotEmpty().allMatch(chain -> chain.chainKey().isDestroyed());
    assertThat(state.skipped()).isNotEmpty().allMatch(key -> key.messageKey().isDestroyed());
    assertThatIllegalStateException().isThrownBy(() -> session.ratchet(ACCESS));
    assertThatIllegalStateException().isThrownBy(() -> session.encrypt(EMPTY));
  }

  @Test
  void closedSessionsAndKeysRefuseAllUse() throws Exception {
    SessionKey sessionKey = sender.sessionKey();
    ExportedSessionKey exported =
        InboundGroupSession.fromSessionKey(CONFIG, sessionKey).exportAtFirstKnownIndex();
    Ratchet ratchet = sender.ratchet(ACCESS);
    Ed25519SigningKey signingKey = sender.signingKey(ACCESS);
    LibolmPickler pickler = new LibolmPickler(new byte[] {1}, random);
    List<Secret> all = List.of(sessionKey, exported, ratchet, signingKey, sender, pickler);
    assertThat(all).noneMatch(Secret::isDestroyed);

    sessionKey.close();
    exported.close();
    pickler.close();
    sender.close();

    assertThat(all).allMatch(Secret::isDestroyed);
    assertThatIllegalStateException().isThrownBy(sessionKey::bytes);
    assertThatIllegalStateException().isThrownBy(exported::bytes);
    assertThatIllegalStateException().isThrownBy(() -> pickler.account(new byte[64]));
    assertThat(pickler).hasToString("LibolmPickler(destroyed)");
  }

  @Test
  void buffersAreWipedWhereTheyWereFilled() throws Exception {
    byte[] copy = {1, 2, 3};
    byte[] state = {4, 5, 6};
    try (StateWriter writer = new StateWriter()) {
      writer.secret(copy);
      assertThat(writer.toBytes()).containsExactly(1, 2, 3);
    }
    assertThat(copy).containsOnly(0);
    try (StateReader reader = new StateReader(state)) {
      assertThat(reader.u8()).isEqualTo(4);
    }
    assertThat(state).containsOnly(0);
  }

  @Test
  void aCopyOfASigningKeyOutlivesTheOriginal() throws Exception {
    Ed25519SigningKey key = Ed25519SigningKey.generate(random);
    Ed25519SigningKey copy = key.copy();
    Ed25519SigningKey expanded =
        Ed25519SigningKey.fromExpanded(key.expanded(ACCESS)).copy();

    key.close();

    assertThat(copy.seed(ACCESS)).isPresent();
    assertThat(expanded.seed(ACCESS)).isEmpty();
    assertThat(copy.sign(EMPTY)).isEqualTo(expanded.sign(EMPTY));
    assertThatIllegalStateException().isThrownBy(() -> key.sign(EMPTY));
  }

  private void receiveWith(Account account, PreKey key) throws CryptoException {
    Account peer = Account.create(random);
    PreKeyMessage message = (PreKeyMessage)
        peer.createOutboundSession(CONFIG, account.identityKeys().curve25519(), key.publicKey())
            .encrypt(EMPTY);
    account.createInboundSession(CONFIG, peer.identityKeys().curve25519(), message);
    assertThatThrownBy(
            () -> account.createInboundSession(CONFIG, peer.identityKeys().curve25519(), message))
        .isInstanceOf(CryptoException.class);
  }

  /** The opener's end: it spoke last, and one message of the peer is missing. */
  private OlmSession spokenSession() throws CryptoException {
    Account alice = Account.create(random);
    Account bob = Account.create(random);
    OlmSession session = alice.createOutboundSession(
        CONFIG,
        bob.identityKeys().curve25519(),
        bob.generateOneTimeKeys(1).created().get(0));
    PreKeyMessage first = (PreKeyMessage) session.encrypt(EMPTY);
    OlmSession peer = bob.createInboundSession(CONFIG, alice.identityKeys().curve25519(), first)
        .session();
    peer.encrypt(EMPTY);
    session.decrypt(peer.encrypt(EMPTY));
    session.encrypt(EMPTY);
    return session;
  }

  private static void requireWiped(Secret... secrets) {
    assertThat(secrets).allMatch(Secret::isDestroyed);
  }
}
