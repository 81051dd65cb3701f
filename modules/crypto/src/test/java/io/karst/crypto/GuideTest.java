package io.karst.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.channel.EstablishedChannel;
import io.karst.crypto.channel.HpkeRecipient;
import io.karst.crypto.channel.HpkeResponder;
import io.karst.crypto.channel.HpkeSender;
import io.karst.crypto.channel.Incoming;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.MissingMessageKeyException;
import io.karst.crypto.error.ReplayedMessageException;
import io.karst.crypto.error.UnknownMessageIndexException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.DecryptedMessage;
import io.karst.crypto.megolm.ExportedSessionKey;
import io.karst.crypto.megolm.ForwardOnlyGroupSession;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.PageMessage;
import io.karst.crypto.megolm.PageReader;
import io.karst.crypto.megolm.PageResult;
import io.karst.crypto.megolm.SessionKey;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.InboundCreation;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.crypto.sas.EstablishedSas;
import io.karst.crypto.sas.Sas;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The road of {@code docs/guide-ratchets.md}, walked; {@code GuideTextTest} holds both together.
 */
class GuideTest {

  private final RandomBytes random = new FixedRandom(11);
  private final byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
  private final byte[] noData = {};

  private Account alice;
  private Account bob;
  private OlmSession aliceToBob;
  private OlmSession bobToAlice;
  private OutboundGroupSession speaker;

  @BeforeEach
  void aliceAndBobHaveASession() throws CryptoException {
    // guide: accounts
    alice = Account.create(random);
    bob = Account.create(random);

    Curve25519PublicKey oneTimeKey = bob.generateOneTimeKeys(1).created().get(0);
    bob.generateFallbackKey();
    bob.markKeysAsPublished();
    // end

    // guide: olm
    aliceToBob =
        alice.createOutboundSession(SessionConfig.V1, bob.identityKeys().curve25519(), oneTimeKey);
    OlmMessage first = aliceToBob.encrypt(hello);

    InboundCreation created = bob.createInboundSession(
        SessionConfig.V1, alice.identityKeys().curve25519(), PreKeyMessage.parse(first.bytes()));
    bobToAlice = created.session();
    aliceToBob.decrypt(bobToAlice.encrypt(created.plaintext()));
    // end

    // guide: create
    speaker = OutboundGroupSession.create(SessionConfig.V1, random);
    // end
  }

  @Test
  void aRecipientIsAddedAndReads() throws CryptoException {
    // guide: add
    OlmMessage forBob;
    try (SessionKey key = speaker.sessionKey()) {
      byte[] text = key.toBase64();
      forBob = aliceToBob.encrypt(text);
      Arrays.fill(text, (byte) 0);
    }

    InboundGroupSession listener;
    byte[] opened = bobToAlice.decrypt(forBob);
    try (SessionKey key = SessionKey.fromBase64(opened)) {
      listener = InboundGroupSession.fromSessionKey(SessionConfig.V1, key);
    }
    Arrays.fill(opened, (byte) 0);
    // end

    // guide: send
    MegolmMessage message = speaker.encrypt(hello);
    String onTheWire = message.toBase64();

    DecryptedMessage said = listener.decrypt(MegolmMessage.fromBase64(onTheWire));
    said.plaintext(); // hello
    said.messageIndex(); // 0
    // end
    assertThat(said.plaintext()).isEqualTo(hello);
    assertThat(said.messageIndex()).isZero();
  }

  @Test
  void messagesMayBeLateOrRepeated() throws CryptoException {
    InboundGroupSession listener = listener();

    // guide: order
    MegolmMessage zero = speaker.encrypt(hello);
    MegolmMessage one = speaker.encrypt(hello);
    listener.decrypt(one);
    listener.missing(); // [0, 0]: index 0 did not come, or not yet
    listener.decrypt(zero);

    assertThatThrownBy(() -> listener.decrypt(one)).isInstanceOf(ReplayedMessageException.class);

    listener.reread(one).plaintext(); // to show history: any number of times, and not recorded
    // end
    assertThat(listener.missing()).isEmpty();
    assertThat(listener.nextIndex()).isEqualTo(2);
  }

  @Test
  void aForwardOnlySessionReadsOnce() throws CryptoException {
    SessionKey key = speaker.sessionKey();
    MegolmMessage message = speaker.encrypt(hello);

    // guide: once
    ForwardOnlyGroupSession once = ForwardOnlyGroupSession.fromSessionKey(SessionConfig.V1, key);
    once.decrypt(message);
    assertThatThrownBy(() -> once.reread(message)).isInstanceOf(MissingMessageKeyException.class);
    // end
  }

  @Test
  void aLateJoinerReadsFromWhereItIsAllowedTo() throws CryptoException {
    InboundGroupSession listener = listener();
    MegolmMessage before = speaker.encrypt(hello);

    // guide: late
    InboundGroupSession newcomer;
    try (SessionKey key = speaker.sessionKey()) { // from the sender: reads from now on
      newcomer = InboundGroupSession.fromSessionKey(SessionConfig.V1, key);
    }
    assertThatThrownBy(() -> newcomer.decrypt(before))
        .isInstanceOf(UnknownMessageIndexException.class);

    InboundGroupSession reader;
    try (ExportedSessionKey key = listener.exportAt(0)) { // from a member: from index 0 on
      reader = InboundGroupSession.importFrom(SessionConfig.V1, key);
    }
    reader.decrypt(before);
    reader.signingKeyVerified(); // false: a member said so, not the sender
    // end
    assertThat(reader.signingKeyVerified()).isFalse();
  }

  @Test
  void aStoredSessionGoesOn() throws CryptoException {
    InboundGroupSession listener = listener();

    // guide: store
    Pickler pickler = new Pickler(PickleKey.generate(random), random);

    MegolmMessage message = speaker.encrypt(hello);
    byte[] stored = pickler.pickle(speaker); // write this first …
    String onTheWire = message.toBase64(); // … and only then send

    OutboundGroupSession again = pickler.outboundGroupSession(stored);
    again.messageIndex(); // 1: index 0 was used
    // end
    assertThat(again.messageIndex()).isEqualTo(1);
    assertThat(listener.decrypt(MegolmMessage.fromBase64(onTheWire)).plaintext())
        .isEqualTo(hello);
  }

  @Test
  void aSessionIsReplacedAndOldMessagesForgotten() throws CryptoException {
    InboundGroupSession listener = listener();
    speaker.encrypt(hello);

    // guide: rotate
    boolean due = speaker.messageIndex() >= 100; // or after a week, or when somebody left
    OutboundGroupSession next = OutboundGroupSession.create(SessionConfig.V1, random);
    speaker.close(); // send next.sessionKey() to those who stay

    listener.advanceTo(50); // this listener can no longer read messages before 50
    // end
    assertThat(due).isFalse();
    assertThat(next.sessionId()).isNotEqualTo(speaker.sessionId());
    assertThat(listener.firstKnownIndex()).isEqualTo(50);
  }

  @Test
  void twoPeopleCompareAndVouchForTheirKeys() throws CryptoException {
    // guide: verify
    Sas mine = Sas.start(random);
    Sas theirs = Sas.start(random);
    String names =
        "alice|" + mine.publicKey().toBase64() + "|bob|" + theirs.publicKey().toBase64();

    try (EstablishedSas here = mine.agree(theirs.publicKey());
        EstablishedSas there = theirs.agree(mine.publicKey())) {
      here.bytes(names).emoji(); // both show these seven, and two people compare them
      there.bytes(names).emoji();

      String key = alice.identityKeys().ed25519().toBase64();
      String mac = here.mac(key, names + "|ed25519"); // Alice's side vouches for her key
      there.verifyMac(key, names + "|ed25519", mac); // Bob's side keeps it as verified
    }
    // end
    assertThat(mine.isDestroyed()).isTrue();
  }

  @Test
  void aDeviceThatShowsItsKeyIsReached() throws CryptoException {
    // guide: channel
    HpkeRecipient shown = HpkeRecipient.start("my app: new device", random);
    Curve25519PublicKey fromTheScreen = shown.publicKey(); // as a QR code

    // the device that scanned it speaks first, the one that showed it answers
    var scanned = HpkeSender.connect("my app: new device", fromTheScreen, hello, noData, random);
    Incoming<HpkeResponder> heard = shown.accept(scanned.message(), noData);
    var answered = heard.channel().respond(hello, noData, random);
    EstablishedChannel there = answered.channel();
    EstablishedChannel here =
        scanned.channel().complete(answered.message(), noData).channel();

    here.checkCode().number(); // one device shows it, a person types it into the other,
    there.checkCode().number(); // and only if it is the same there does anything secret follow

    there.decrypt(here.encrypt(hello));
    // end
    assertThat(here.checkCode()).isEqualTo(there.checkCode());
  }

  @Test
  void aPageIsReadOnAllCores() throws CryptoException {
    InboundGroupSession listener = listener();
    List<PageMessage> page = List.of(
        new PageMessage(listener, speaker.encrypt(hello)),
        new PageMessage(listener, speaker.encrypt(hello)));

    // guide: page
    ExecutorService pool = Executors.newFixedThreadPool(2);
    PageReader reader = new PageReader(pool, 2);
    List<PageResult> results = reader.read(page);
    // end
    pool.shutdown();
    assertThat(results).allMatch(PageResult.Opened.class::isInstance);
  }

  @Test
  void aRefusalHasACodeAndChangesNothing() throws CryptoException {
    InboundGroupSession listener = listener();
    byte[] altered = speaker.encrypt(hello).bytes();
    altered[altered.length - 1] ^= 1;

    // guide: refuse
    ErrorCode reason = null;
    try {
      listener.decrypt(MegolmMessage.parse(altered));
    } catch (CryptoException e) {
      reason = e.code(); // stable; log reason.text(), show nobody the bytes
    }
    // end
    assertThat(reason).isEqualTo(ErrorCode.INVALID_SIGNATURE);
  }

  private InboundGroupSession listener() throws CryptoException {
    try (SessionKey key = speaker.sessionKey()) {
      return InboundGroupSession.fromSessionKey(SessionConfig.V1, key);
    }
  }
}
