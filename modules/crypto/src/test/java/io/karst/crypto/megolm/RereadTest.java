package io.karst.crypto.megolm;

import static io.karst.crypto.Refusals.requireCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading again asks for what reading asks for: a signature and a MAC. */
class RereadTest {

  private static final byte[] HELLO = {1, 2, 3};

  private final OutboundGroupSession sender =
      OutboundGroupSession.create(SessionConfig.V1, new FixedRandom(1));

  /** Both kinds of session that receive. */
  enum Kind {
    SHAREABLE {
      @Override
      ReceivingSession open(SessionKey key) {
        return InboundGroupSession.fromSessionKey(SessionConfig.V1, key);
      }
    },
    FORWARD_ONLY {
      @Override
      ReceivingSession open(SessionKey key) {
        return ForwardOnlyGroupSession.fromSessionKey(SessionConfig.V1, key);
      }
    };

    abstract ReceivingSession open(SessionKey key);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotSignedIsNotReadAgain(Kind kind) throws Exception {
    ReceivingSession session = kind.open(sender.sessionKey());
    MegolmMessage message = sender.encrypt(HELLO);
    byte[] bytes = message.bytes();
    bytes[bytes.length - 1] ^= 1;
    MegolmMessage altered = MegolmMessage.parse(bytes);
    MegolmMessage foreign =
        OutboundGroupSession.create(SessionConfig.V1, new FixedRandom(2)).encrypt(HELLO);
    byte[] before = Snapshot.of(session);

    requireCode(ErrorCode.INVALID_SIGNATURE, () -> session.reread(altered));
    requireCode(ErrorCode.INVALID_SIGNATURE, () -> session.reread(foreign));

    assertThat(Snapshot.of(session)).isEqualTo(before);
    assertThat(session.reread(message).plaintext()).isEqualTo(HELLO);
  }

  /** Only the sender can make one, to show two readers two things. */
  @ParameterizedTest
  @EnumSource
  void aSignatureDoesNotStandForTheMac(Kind kind) throws Exception {
    ReceivingSession session = kind.open(sender.sessionKey());
    Ratchet other = Ratchet.at(2, new byte[Ratchet.LENGTH]);
    MegolmMessage signed = MegolmMessage.seal(
        SessionConfig.V1,
        2,
        HELLO,
        other.messageKeys(),
        sender.signingKey(SecretAccess.forPickling()));
    byte[] before = Snapshot.of(session);

    requireCode(ErrorCode.INVALID_MAC, () -> session.reread(signed));
    requireCode(ErrorCode.INVALID_MAC, () -> session.decrypt(signed));

    assertThat(Snapshot.of(session)).isEqualTo(before);
    for (int i = 0; i < 3; i++) {
      assertThat(session.decrypt(sender.encrypt(HELLO)).messageIndex()).isEqualTo(i);
    }
  }
}
