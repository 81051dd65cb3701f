package io.karst.crypto.olm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.SessionRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import io.karst.crypto.wire.SessionKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountTest {

  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  private final FixedRandom random = new FixedRandom(17);
  private final Account alice = Account.create(random);
  private final Account bob = Account.create(random);

  @ParameterizedTest
  @EnumSource(SessionConfig.class)
  void twoDevicesTalk(SessionConfig config) throws Exception {
    OlmSession outbound = open(config, newOneTimeKey(bob));
    PreKeyMessage first = (PreKeyMessage) outbound.encrypt(HELLO);
    InboundCreation created = bob.createInboundSession(config, identity(alice), first);
    OlmSession inbound = created.session();

    assertThat(created.plaintext()).isEqualTo(HELLO);
    assertThat(inbound.sessionId()).isEqualTo(outbound.sessionId());
    assertThat(inbound.sessionKeys()).isEqualTo(outbound.sessionKeys());
    assertThat(inbound.config()).isEqualTo(config);
    assertThat(outbound.hasReceivedMessage()).isFalse();
    assertThat(outbound.encrypt(HELLO).type()).isEqualTo(OlmMessage.PRE_KEY_TYPE);

    assertThat(outbound.decrypt(inbound.encrypt(HELLO))).isEqualTo(HELLO);

    assertThat(outbound.hasReceivedMessage()).isTrue();
    assertThat(outbound.encrypt(HELLO).type()).isEqualTo(OlmMessage.NORMAL_TYPE);
    assertThat(inbound.encrypt(HELLO).type()).isEqualTo(OlmMessage.NORMAL_TYPE);
  }

  /** Agreements do not see the topmost bit, and no MAC covers the base key: ids would differ. */
  @Test
  void anotherFormOfABaseKeyIsRefused() throws Exception {
    PreKeyMessage message =
        (PreKeyMessage) open(SessionConfig.V1, newOneTimeKey(bob)).encrypt(HELLO);
    SessionKeys keys = message.sessionKeys();
    byte[] baseKey = keys.baseKey().bytes();
    baseKey[baseKey.length - 1] |= (byte) 0x80;
    SessionKeys others = new SessionKeys(
        keys.identityKey(), Curve25519PublicKey.fromBytes(baseKey), keys.oneTimeKey());
    byte[] before = Snapshot.of(bob);

    assertThatThrownBy(() -> bob.createInboundSession(
            SessionConfig.V1, identity(alice), PreKeyMessage.wrap(others, message.normal())))
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PUBLIC_KEY));

    assertThat(Snapshot.of(bob)).isEqualTo(before);
    assertThat(
            bob.createInboundSession(SessionConfig.V1, identity(alice), message).plaintext())
        .isEqualTo(HELLO);
  }

  @Test
  void aDeviceTalksToItself() throws Exception {
    Curve25519PublicKey oneTimeKey = newOneTimeKey(alice);
    OlmSession outbound =
        alice.createOutboundSession(SessionConfig.V1, identity(alice), oneTimeKey);
    PreKeyMessage message = (PreKeyMessage) outbound.encrypt(HELLO);

    InboundCreation created =
        alice.createInboundSession(SessionConfig.V1, identity(alice), message);

    assertThat(created.plaintext()).isEqualTo(HELLO);
    assertThat(outbound.decrypt(created.session().encrypt(HELLO))).isEqualTo(HELLO);
  }

  @Test
  void aOneTimeKeyServesOnce() throws Exception {
    Curve25519PublicKey oneTimeKey = newOneTimeKey(bob);
    PreKeyMessage first = (PreKeyMessage) open(SessionConfig.V1, oneTimeKey).encrypt(HELLO);
    PreKeyMessage second = (PreKeyMessage) open(SessionConfig.V1, oneTimeKey).encrypt(HELLO);
    bob.createInboundSession(SessionConfig.V1, identity(alice), first);

    assertThat(bob.storedOneTimeKeyCount()).isZero();
    requireRejected(second, identity(alice), SessionConfig.V1, ErrorCode.UNKNOWN_ONE_TIME_KEY);
  }

  @Test
  void aFallbackKeyServesUntilItIsForgotten() throws Exception {
    bob.generateFallbackKey();
    Curve25519PublicKey fallback = bob.fallbackKey().values().iterator().next();
    bob.markKeysAsPublished();
    assertThat(bob.fallbackKey()).isEmpty();
    for (int i = 0; i < 2; i++) {
      acceptFrom(fallback);
    }
    assertThat(bob.generateFallbackKey()).isEmpty();
    acceptFrom(fallback);
    PreKeyMessage late = (PreKeyMessage) open(SessionConfig.V1, fallback).encrypt(HELLO);

    assertThat(bob.forgetFallbackKey()).isTrue();

    assertThat(bob.forgetFallbackKey()).isFalse();
    requireRejected(late, identity(alice), SessionConfig.V1, ErrorCode.UNKNOWN_ONE_TIME_KEY);
  }

  @Test
  void aThirdFallbackKeyPushesTheFirstOut() {
    bob.generateFallbackKey();
    Curve25519PublicKey first = bob.fallbackKey().values().iterator().next();
    assertThat(bob.generateFallbackKey()).isEmpty();

    assertThat(bob.generateFallbackKey()).contains(first);
    assertThat(bob.fallbackKey().keySet()).containsExactly(new KeyId(2));
  }

  @Test
  void aDamagedMessageCostsNoOneTimeKey() throws Exception {
    Curve25519PublicKey oneTimeKey = newOneTimeKey(bob);
    byte[] frame = open(SessionConfig.V1, oneTimeKey).encrypt(HELLO).bytes();
    for (int bit = 0; bit < frame.length * 8; bit += 7) {
      byte[] damaged = frame.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      byte[] before = Snapshot.of(bob);
      assertThatThrownBy(() -> bob.createInboundSession(
              SessionConfig.V1, identity(alice), PreKeyMessage.parse(damaged)))
          .isInstanceOf(CryptoException.class);
      assertThat(Snapshot.of(bob)).isEqualTo(before);
    }
    bob.createInboundSession(SessionConfig.V1, identity(alice), PreKeyMessage.parse(frame));
  }

  @Test
  void identityAndConfigMustBeTheExpectedOnes() throws Exception {
    Curve25519PublicKey oneTimeKey = newOneTimeKey(bob);
    PreKeyMessage message = (PreKeyMessage) open(SessionConfig.V2, oneTimeKey).encrypt(HELLO);

    requireRejected(message, identity(bob), SessionConfig.V2, ErrorCode.IDENTITY_KEY_MISMATCH);
    requireRejected(message, identity(alice), SessionConfig.V1, ErrorCode.SESSION_CONFIG_MISMATCH);
    bob.createInboundSession(SessionConfig.V2, identity(alice), message);
  }

  @Test
  void aSessionRefusesWhatIsNotItsOwn() throws Exception {
    OlmSession mine = open(SessionConfig.V1, newOneTimeKey(bob));
    OlmSession other = open(SessionConfig.V1, newOneTimeKey(bob));
    PreKeyMessage first = (PreKeyMessage) mine.encrypt(HELLO);
    OlmSession inbound =
        bob.createInboundSession(SessionConfig.V1, identity(alice), first).session();
    PreKeyMessage second = (PreKeyMessage) mine.encrypt(HELLO);
    PreKeyMessage foreign = (PreKeyMessage) other.encrypt(HELLO);
    PreKeyMessage repacked = PreKeyMessage.wrap(other.sessionKeys(), second.normal());

    assertThat(inbound.matches(second)).isTrue();
    assertThat(inbound.matches(foreign)).isFalse();
    for (PreKeyMessage wrong : List.of(foreign, repacked)) {
      assertThatThrownBy(() -> inbound.decrypt(wrong))
          .isInstanceOfSatisfying(
              DecryptionException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_OF_OTHER_SESSION));
    }
    assertThat(inbound.decrypt(second)).isEqualTo(HELLO);
  }

  @Test
  void oneTimeKeysArePublishedOnce() {
    NewOneTimeKeys made = bob.generateOneTimeKeys(3);

    assertThat(made.removed()).isEmpty();
    assertThat(bob.oneTimeKeys().values()).containsExactlyElementsOf(made.created());
    assertThat(bob.oneTimeKeys().keySet())
        .containsExactly(new KeyId(0), new KeyId(1), new KeyId(2));
    bob.markKeysAsPublished();
    assertThat(bob.oneTimeKeys()).isEmpty();
    assertThat(bob.storedOneTimeKeyCount()).isEqualTo(3);
    assertThat(bob.generateOneTimeKeys(1).created()).hasSize(1);
    assertThat(bob.oneTimeKeys().keySet()).containsExactly(new KeyId(3));
  }

  @Test
  void storedOneTimeKeysHaveALimitAndTheOldestGivesWay() {
    NewOneTimeKeys all = bob.generateOneTimeKeys(Account.ONE_TIME_KEYS_STORED_MAX - 1);
    assertThat(bob.generateOneTimeKeys(1).removed()).isEmpty();
    assertThat(bob.storedOneTimeKeyCount()).isEqualTo(Account.ONE_TIME_KEYS_STORED_MAX);

    assertThat(bob.generateOneTimeKeys(1).removed())
        .containsExactly(all.created().get(0));

    assertThat(bob.storedOneTimeKeyCount()).isEqualTo(Account.ONE_TIME_KEYS_STORED_MAX);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bob.generateOneTimeKeys(Account.ONE_TIME_KEYS_STORED_MAX + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> bob.generateOneTimeKeys(-1));
    assertThat(bob.generateOneTimeKeys(0).created()).isEmpty();
  }

  @Test
  void keyIdsReadLikeThoseOfOtherLibraries() {
    assertThat(new KeyId(0).toBase64()).isEqualTo("AAAAAAAAAAA");
    assertThat(new KeyId(1).toBase64()).isEqualTo("AAAAAAAAAAE");
    assertThat(new KeyId(1)).isLessThan(new KeyId(2));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyId(-1));
  }

  @Test
  void theAccountSignsWithItsIdentity() throws Exception {
    alice.identityKeys().ed25519().verify(HELLO, alice.sign(HELLO));
  }

  @Test
  void destroyedAccountsAndSessionsRefuseAllUse() throws Exception {
    OlmSession session = open(SessionConfig.V1, newOneTimeKey(bob));
    assertThat(session.toString()).isEqualTo("OlmSession(" + session.sessionId() + ")");

    session.destroy();
    alice.destroy();

    assertThat(session.isDestroyed()).isTrue();
    assertThat(alice.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> session.encrypt(HELLO));
    assertThatIllegalStateException().isThrownBy(() -> alice.sign(HELLO));
  }

  private void acceptFrom(Curve25519PublicKey theirKey) throws CryptoException {
    PreKeyMessage message = (PreKeyMessage) open(SessionConfig.V1, theirKey).encrypt(HELLO);
    InboundCreation created = bob.createInboundSession(SessionConfig.V1, identity(alice), message);
    assertThat(created.plaintext()).isEqualTo(HELLO);
  }

  private void requireRejected(
      PreKeyMessage message, Curve25519PublicKey from, SessionConfig config, ErrorCode code) {
    byte[] before = Snapshot.of(bob);
    assertThatThrownBy(() -> bob.createInboundSession(config, from, message))
        .isInstanceOfSatisfying(
            SessionRejectedException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(Snapshot.of(bob)).isEqualTo(before);
  }

  private OlmSession open(SessionConfig config, Curve25519PublicKey theirOneTimeKey)
      throws CryptoException {
    return alice.createOutboundSession(config, identity(bob), theirOneTimeKey);
  }

  private static Curve25519PublicKey newOneTimeKey(Account account) {
    return account.generateOneTimeKeys(1).created().get(0);
  }

  private static Curve25519PublicKey identity(Account account) {
    return account.identityKeys().curve25519();
  }
}
