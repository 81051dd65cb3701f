package io.karst.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.InboundCreation;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The lines of the module's README. */
class TourTest {

  private final RandomBytes random = new FixedRandom(1);
  private final byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);

  @Test
  void twoDevicesTalkAndAreStored() throws Exception {
    Account alice = Account.create(random);
    Account bob = Account.create(random);
    Curve25519PublicKey oneTimeKey = bob.generateOneTimeKeys(1).created().get(0);
    bob.markKeysAsPublished();

    OlmSession toBob =
        alice.createOutboundSession(SessionConfig.V1, bob.identityKeys().curve25519(), oneTimeKey);
    OlmMessage first = toBob.encrypt(hello);

    InboundCreation created = bob.createInboundSession(
        SessionConfig.V1, alice.identityKeys().curve25519(), PreKeyMessage.parse(first.bytes()));
    assertThat(created.plaintext()).isEqualTo(hello);

    Pickler pickler = new Pickler(PickleKey.generate(random), random);
    byte[] stored = pickler.pickle(toBob);
    OlmSession again = pickler.olmSession(stored);
    assertThat(again.decrypt(created.session().encrypt(hello))).isEqualTo(hello);
  }

  @Test
  void oneSpeakerIsHeardByEverybody() throws Exception {
    OutboundGroupSession speaker = OutboundGroupSession.create(SessionConfig.V1, random);
    InboundGroupSession listener =
        InboundGroupSession.fromSessionKey(SessionConfig.V1, speaker.sessionKey());
    MegolmMessage message = speaker.encrypt(hello);
    assertThat(listener.decrypt(message).plaintext()).isEqualTo(hello);
  }
}
