package io.karst.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Ed25519Signature;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.SessionKey;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.NormalMessage;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is public compares by content and says what it is. */
class ValueTypesTest {

  private static final byte[] HELLO = {1, 2, 3};

  private final FixedRandom random = new FixedRandom(31);
  private final Account alice = Account.create(random);
  private final Account bob = Account.create(random);
  private final OutboundGroupSession sender = OutboundGroupSession.create(SessionConfig.V2, random);

  @Test
  void keysAndSignaturesAreEqualIfTheirBytesAre() throws Exception {
    Curve25519PublicKey curve = alice.identityKeys().curve25519();
    Ed25519PublicKey edwards = alice.identityKeys().ed25519();
    Ed25519Signature signature = alice.sign(HELLO);

    requireValue(
        curve, Curve25519PublicKey.fromBytes(curve.bytes()), bob.identityKeys().curve25519());
    requireValue(
        edwards, Ed25519PublicKey.fromBytes(edwards.bytes()), bob.identityKeys().ed25519());
    requireValue(signature, Ed25519Signature.fromBytes(signature.bytes()), bob.sign(HELLO));
    assertThat(curve).hasToString("Curve25519PublicKey(" + curve.toBase64() + ")");
    assertThat(edwards).hasToString("Ed25519PublicKey(" + edwards.toBase64() + ")");
    assertThat(signature).hasToString("Ed25519Signature(" + signature.toBase64() + ")");
  }

  @Test
  void messagesAreEqualIfTheirFramesAre() throws Exception {
    List<OlmMessage> olm = olmMessages();
    PreKeyMessage preKey = (PreKeyMessage) olm.get(0);
    NormalMessage normal = (NormalMessage) olm.get(2);
    MegolmMessage megolm = sender.encrypt(HELLO);

    requireValue(preKey, PreKeyMessage.parse(preKey.bytes()), olm.get(1));
    requireValue(normal, NormalMessage.parse(normal.bytes()), olm.get(3));
    requireValue(megolm, MegolmMessage.parse(megolm.bytes()), sender.encrypt(HELLO));
    assertThat(preKey)
        .hasToString("PreKeyMessage(session " + preKey.sessionKeys().sessionId() + ", "
            + preKey.bytes().length + " bytes)");
    assertThat(normal)
        .hasToString("NormalMessage(chain index 0, " + normal.bytes().length + " bytes)");
    assertThat(megolm).hasToString("MegolmMessage(index 0, " + megolm.bytes().length + " bytes)");
  }

  @Test
  void aNormalMessageGivesItsParts() throws Exception {
    NormalMessage message = (NormalMessage) olmMessages().get(3);
    byte[] frame = message.bytes();

    assertThat(message.chainIndex()).isEqualTo(1);
    assertThat(message.ciphertext()).hasSize(16);
    assertThat(frame).endsWith(concatenated(message.ciphertext(), message.mac()));
    assertThat(message.<Integer>match(new OlmMessage.Cases<>() {
          @Override
          public Integer preKey(PreKeyMessage preKey) {
            return 0;
          }

          @Override
          public Integer normal(NormalMessage normal) {
            return 1;
          }
        }))
        .isEqualTo(message.type());
  }

  @Test
  void accountsAndSessionsSayWhichTheyAre() throws Exception {
    InboundGroupSession receiver =
        InboundGroupSession.fromSessionKey(SessionConfig.V2, sender.sessionKey());
    sender.encrypt(HELLO);

    assertThat(alice).hasToString("Account(" + alice.identityKeys().ed25519().toBase64() + ")");
    assertThat(sender).hasToString("OutboundGroupSession(" + sender.sessionId() + " at 1)");
    assertThat(receiver).hasToString("InboundGroupSession(" + sender.sessionId() + " from 0)");
    assertThat(receiver.decrypt(sender.encrypt(HELLO)))
        .hasToString("DecryptedMessage(index 1, 3 bytes)");
  }

  @Test
  void aSessionKeyTravelsAndSaysWhatItOpens() throws Exception {
    sender.encrypt(HELLO);
    SessionKey key = sender.sessionKey();

    for (SessionKey again :
        List.of(SessionKey.fromBytes(key.bytes()), SessionKey.fromBase64(key.toBase64()))) {
      assertThat(again.bytes()).isEqualTo(key.bytes()).hasSize(SessionKey.LENGTH);
      assertThat(again.messageIndex()).isEqualTo(1);
      assertThat(again.sessionId()).isEqualTo(sender.sessionId());
    }
    InboundGroupSession receiver = InboundGroupSession.fromSessionKey(SessionConfig.V2, key);
    assertThat(receiver.exportAt(7).sessionId()).isEqualTo(sender.sessionId());
  }

  /** Two of Alice's that open the session, two of Bob's that answer. */
  private List<OlmMessage> olmMessages() throws Exception {
    OlmSession opener = alice.createOutboundSession(
        SessionConfig.V2,
        bob.identityKeys().curve25519(),
        bob.generateOneTimeKeys(1).created().get(0));
    PreKeyMessage first = (PreKeyMessage) opener.encrypt(HELLO);
    OlmSession answerer = bob.createInboundSession(
            SessionConfig.V2, alice.identityKeys().curve25519(), first)
        .session();
    return List.of(first, opener.encrypt(HELLO), answerer.encrypt(HELLO), answerer.encrypt(HELLO));
  }

  private static void requireValue(Object value, Object same, Object other) {
    assertThat(value).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(value).isNotEqualTo(other).isNotEqualTo("text");
    assertThat(value.hashCode()).isNotEqualTo(other.hashCode());
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
