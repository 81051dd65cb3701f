package io.karst.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.megolm.ForwardOnlyGroupSession;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.SessionKey;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whichever single bit is flipped: refused with a typed error, and the state is byte-identical. */
class OneBitTest {

  private static final byte[] HELLO = {1, 2, 3};

  private final FixedRandom random = new FixedRandom(41);

  /** Takes a message in, or refuses. */
  @FunctionalInterface
  private interface Intake {
    void take(byte[] frame) throws CryptoException;
  }

  @ParameterizedTest
  @EnumSource
  void noBitOfAGroupMessageCanBeFlipped(SessionConfig config) throws Exception {
    OutboundGroupSession sender = OutboundGroupSession.create(config, random);
    InboundGroupSession receiver = InboundGroupSession.fromSessionKey(config, sender.sessionKey());
    ForwardOnlyGroupSession once =
        ForwardOnlyGroupSession.fromSessionKey(config, sender.sessionKey());
    sender.encrypt(HELLO);
    byte[] frame = sender.encrypt(HELLO).bytes();

    requireEachRefused(
        frame, bytes -> receiver.decrypt(MegolmMessage.parse(bytes)), () -> Snapshot.of(receiver));
    requireEachRefused(
        frame, bytes -> once.decrypt(MegolmMessage.parse(bytes)), () -> Snapshot.of(once));

    assertThat(receiver.decrypt(MegolmMessage.parse(frame)).plaintext()).isEqualTo(HELLO);
    assertThat(once.decrypt(MegolmMessage.parse(frame)).plaintext()).isEqualTo(HELLO);
  }

  @ParameterizedTest
  @EnumSource
  void noBitOfAnOlmMessageCanBeFlipped(SessionConfig config) throws Exception {
    Account alice = Account.create(random);
    Account bob = Account.create(random);
    var key = bob.generateOneTimeKeys(1).created().get(0);
    var identity = alice.identityKeys().curve25519();
    OlmSession opener = alice.createOutboundSession(config, bob.identityKeys().curve25519(), key);
    byte[] preKey = opener.encrypt(HELLO).bytes();

    requireEachRefused(
        preKey,
        bytes -> bob.createInboundSession(config, identity, PreKeyMessage.parse(bytes)),
        () -> Snapshot.of(bob));
    OlmSession answerer =
        bob.createInboundSession(config, identity, PreKeyMessage.parse(preKey)).session();
    byte[] second = opener.encrypt(HELLO).bytes();
    requireEachRefused(
        second, bytes -> answerer.decrypt(PreKeyMessage.parse(bytes)), () -> Snapshot.of(answerer));

    byte[] normal = answerer.encrypt(HELLO).bytes();
    requireEachRefused(
        normal,
        bytes -> opener.decrypt(OlmMessage.parse(OlmMessage.NORMAL_TYPE, bytes)),
        () -> Snapshot.of(opener));
    assertThat(opener.decrypt(OlmMessage.parse(OlmMessage.NORMAL_TYPE, normal))).isEqualTo(HELLO);
  }

  @ParameterizedTest
  @EnumSource
  void noBitOfASessionKeyCanBeFlipped(SessionConfig config) throws Exception {
    byte[] key = OutboundGroupSession.create(config, random).sessionKey().bytes();

    requireEachRefused(key, SessionKey::fromBytes, () -> HELLO);
  }

  private static void requireEachRefused(byte[] frame, Intake intake, Supplier<byte[]> state) {
    byte[] before = state.get();
    for (int bit = 0; bit < frame.length * Byte.SIZE; bit++) {
      byte[] flipped = frame.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      boolean refused = false;
      try {
        intake.take(flipped);
      } catch (CryptoException e) {
        refused = true;
      }
      assertThat(refused).as("bit %d", bit).isTrue();
      assertThat(state.get()).as("state after bit %d", bit).isEqualTo(before);
    }
  }
}
