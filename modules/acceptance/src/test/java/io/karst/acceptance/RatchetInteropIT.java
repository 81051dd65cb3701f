package io.karst.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.acceptance.ForeignPeer.Library;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Ed25519Signature;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.ExportedSessionKey;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.SessionOrdering;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.InboundCreation;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation of the ratchets against libolm and vodozemac themselves, in both directions.
 *
 * <p>Neither library's JavaScript offers config 2: that is between our own ends only.
 */
class RatchetInteropIT {

  private static final long SEED = Long.getLong("karst.seed", 4_711);
  private static final RandomBytes RANDOM = new Random(SEED)::nextBytes;
  private static final SessionConfig CONFIG = SessionConfig.V1;
  private static final byte[] PICKLE_KEY = RANDOM.next(32);
  private static final Map<Library, ForeignPeer> PEERS = new EnumMap<>(Library.class);

  /** As many messages may be late in one chain, in all three libraries. */
  private static final int SKIPPED_MAX = 40;

  private final Account ours = Account.create(RANDOM);

  @BeforeAll
  static void start() throws IOException {
    System.out.println("seed " + SEED);
    for (Library library : Library.values()) {
      PEERS.put(library, ForeignPeer.start(library));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    for (ForeignPeer peer : PEERS.values()) {
      peer.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatWeOpenIsReadAndAnswered(Library library) throws Exception {
    ForeignRatchets.Device theirs = at(library).device();
    OlmSession session = open(theirs, theirs.oneTimeKey());
    OlmMessage first = session.encrypt(utf8("one"));
    OlmMessage second = session.encrypt(utf8("two"));
    OlmMessage third = session.encrypt(utf8("three"));

    ForeignRatchets.Opened opened = theirs.accept(second);
    ForeignRatchets.Session peer = opened.session();

    assertThat(opened.text()).isEqualTo("two");
    assertThat(peer.id()).isEqualTo(session.sessionId());
    assertThat(peer.matches(third)).isTrue();
    assertThat(peer.decrypt(third)).isEqualTo("three");
    assertThat(peer.decrypt(first)).isEqualTo("one");
    assertThat(session.hasReceivedMessage()).isFalse();
    assertThat(session.decrypt(peer.encrypt("four"))).isEqualTo(utf8("four"));
    assertThat(session.hasReceivedMessage()).isTrue();
    OlmMessage normal = session.encrypt(utf8("five"));
    assertThat(normal.type()).isEqualTo(OlmMessage.NORMAL_TYPE);
    assertThat(peer.decrypt(normal)).isEqualTo("five");
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatTheyOpenIsReadAndAnswered(Library library) throws Exception {
    ForeignRatchets.Device theirs = at(library).device();
    ForeignRatchets.Session peer = theirs.open(identity(), oneTimeKey());
    OlmMessage first = peer.encrypt("one");
    OlmMessage second = peer.encrypt("two");
    OlmMessage third = peer.encrypt("three");

    InboundCreation opened = accept(theirs, second);
    OlmSession session = opened.session();

    assertThat(opened.plaintext()).isEqualTo(utf8("two"));
    assertThat(session.sessionId()).isEqualTo(peer.id());
    assertThat(session.matches((PreKeyMessage) third)).isTrue();
    assertThat(session.decrypt(third)).isEqualTo(utf8("three"));
    assertThat(session.decrypt(first)).isEqualTo(utf8("one"));
    assertThat(peer.received()).isFalse();
    assertThat(peer.decrypt(session.encrypt(utf8("four")))).isEqualTo("four");
    assertThat(peer.received()).isTrue();
    assertThat(session.decrypt(peer.encrypt("five"))).isEqualTo(utf8("five"));
  }

  @ParameterizedTest
  @EnumSource
  void lateLostAndRepeatedMessagesAreTreatedAlike(Library library) throws Exception {
    Talk talk = talk(library);
    List<OlmMessage> fromUs = new ArrayList<>();
    List<OlmMessage> fromThem = new ArrayList<>();
    for (int i = 0; i < SKIPPED_MAX + 3; i++) {
      fromUs.add(talk.ours.encrypt(utf8("m" + i)));
      fromThem.add(talk.theirs.encrypt("m" + i));
    }
    Collections.reverse(fromUs);
    Collections.reverse(fromThem);
    for (int i = 0; i <= SKIPPED_MAX; i++) {
      String text = "m" + (SKIPPED_MAX + 2 - i);
      OlmMessage ofThem = fromThem.get(i);
      assertThat(talk.theirs.decrypt(fromUs.get(i))).isEqualTo(text);
      assertThat(talk.ours.decrypt(ofThem)).isEqualTo(utf8(text));
      assertThat(talk.theirs.refuses(fromUs.get(i))).isTrue();
      requireCode(() -> talk.ours.decrypt(ofThem), ErrorCode.MISSING_MESSAGE_KEY);
    }
    OlmMessage oldest = fromThem.get(SKIPPED_MAX + 1);
    requireCode(() -> talk.ours.decrypt(oldest), ErrorCode.MISSING_MESSAGE_KEY);
    assertThat(talk.theirs.refuses(fromUs.get(SKIPPED_MAX + 1))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedMessageIsRefusedByBothAndCostsNothing(Library library) throws Exception {
    Talk talk = talk(library);
    OlmMessage fromUs = talk.ours.encrypt(utf8("to them"));
    OlmMessage fromThem = talk.theirs.encrypt("to us");

    requireCode(() -> talk.ours.decrypt(damaged(fromThem)), ErrorCode.INVALID_MAC);
    assertThat(talk.theirs.refuses(damaged(fromUs))).isTrue();

    assertThat(talk.ours.decrypt(fromThem)).isEqualTo(utf8("to us"));
    assertThat(talk.theirs.decrypt(fromUs)).isEqualTo("to them");
  }

  @ParameterizedTest
  @EnumSource
  void aOneTimeKeyServesOnceOnEitherSide(Library library) throws Exception {
    ForeignRatchets.Device theirs = at(library).device();
    Curve25519PublicKey theirKey = theirs.oneTimeKey();
    theirs.accept(open(theirs, theirKey).encrypt(utf8("first")));
    assertThat(theirs.refuses(open(theirs, theirKey).encrypt(utf8("second")))).isTrue();

    Curve25519PublicKey ourKey = oneTimeKey();
    accept(theirs, theirs.open(identity(), ourKey).encrypt("first"));
    OlmMessage second = theirs.open(identity(), ourKey).encrypt("second");
    requireCode(() -> accept(theirs, second), ErrorCode.UNKNOWN_ONE_TIME_KEY);
  }

  @ParameterizedTest
  @EnumSource
  void aFallbackKeyServesUntilItIsForgottenOnEitherSide(Library library) throws Exception {
    ForeignRatchets.Device theirs = at(library).device();
    Curve25519PublicKey theirKey = theirs.fallbackKey();
    ours.generateFallbackKey();
    Curve25519PublicKey ourKey = ours.fallbackKey().values().iterator().next();
    ours.markKeysAsPublished();
    for (String text : List.of("first", "second")) {
      assertThat(theirs.accept(open(theirs, theirKey).encrypt(utf8(text))).text())
          .isEqualTo(text);
      OlmMessage message = theirs.open(identity(), ourKey).encrypt(text);
      assertThat(accept(theirs, message).plaintext()).isEqualTo(utf8(text));
    }
    theirs.fallbackKey();
    ours.generateFallbackKey();
    OlmMessage late = theirs.open(identity(), ourKey).encrypt("late");
    accept(theirs, late);
    theirs.accept(open(theirs, theirKey).encrypt(utf8("late")));

    theirs.forgetFallbackKey();
    assertThat(ours.forgetFallbackKey()).isTrue();

    requireCode(() -> accept(theirs, late), ErrorCode.UNKNOWN_ONE_TIME_KEY);
    assertThat(theirs.refuses(open(theirs, theirKey).encrypt(utf8("too late")))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void theirAccountMovesToUs(Library library) throws Exception {
    ForeignRatchets.Device theirs = at(library).device();
    Curve25519PublicKey oneTimeKey = theirs.oneTimeKey();
    Curve25519PublicKey fallbackKey = theirs.fallbackKey();
    byte[] pickle = theirs.pickle();

    Account moved = format(library).account(pickle);

    assertThat(format(library).pickle(moved)).isEqualTo(pickle);
    assertThat(moved.identityKeys().curve25519()).isEqualTo(theirs.curve25519());
    assertThat(moved.sign(utf8("signed")).toBase64()).isEqualTo(theirs.sign("signed"));
    for (Curve25519PublicKey key : List.of(oneTimeKey, fallbackKey)) {
      PreKeyMessage message = (PreKeyMessage) open(theirs, key).encrypt(utf8("hello"));
      assertThat(moved.createInboundSession(CONFIG, identity(), message).plaintext())
          .isEqualTo(utf8("hello"));
    }
    assertThat(moved.generateOneTimeKeys(1).created()).doesNotContain(oneTimeKey);
  }

  @ParameterizedTest
  @EnumSource
  void ourAccountMovesToThem(Library library) throws Exception {
    Curve25519PublicKey oneTimeKey = oneTimeKey();
    ours.generateFallbackKey();
    Curve25519PublicKey fallbackKey = ours.fallbackKey().values().iterator().next();
    ours.markKeysAsPublished();
    byte[] pickle = format(library).pickle(ours);

    ForeignRatchets.Device moved = at(library).device(pickle);

    assertThat(moved.pickle()).isEqualTo(pickle);
    requireIsOurs(moved, List.of(oneTimeKey, fallbackKey));
  }

  @ParameterizedTest
  @EnumSource
  void theirSessionMovesToUsWithItsLateMessages(Library library) throws Exception {
    Talk talk = talk(library);
    OlmMessage late = talk.ours.encrypt(utf8("late"));
    talk.theirs.decrypt(talk.ours.encrypt(utf8("in time")));
    byte[] pickle = talk.theirs.pickle();

    OlmSession moved = format(library).session(pickle);

    assertThat(format(library).pickle(moved)).isEqualTo(pickle);
    assertThat(moved.sessionId()).isEqualTo(talk.theirs.id());
    assertThat(moved.decrypt(late)).isEqualTo(utf8("late"));
    assertThat(talk.ours.decrypt(moved.encrypt(utf8("answer")))).isEqualTo(utf8("answer"));
    assertThat(moved.decrypt(talk.ours.encrypt(utf8("and on")))).isEqualTo(utf8("and on"));
  }

  @ParameterizedTest
  @EnumSource
  void ourSessionMovesToThemWithItsLateMessages(Library library) throws Exception {
    Talk talk = talk(library);
    OlmMessage late = talk.theirs.encrypt("late");
    talk.ours.decrypt(talk.theirs.encrypt("in time"));
    byte[] pickle = format(library).pickle(talk.ours);

    ForeignRatchets.Session moved = at(library).session(pickle);

    assertThat(moved.pickle()).isEqualTo(pickle);
    assertThat(moved.id()).isEqualTo(talk.ours.sessionId());
    assertThat(moved.decrypt(late)).isEqualTo("late");
    assertThat(talk.theirs.decrypt(moved.encrypt("answer"))).isEqualTo("answer");
    assertThat(moved.decrypt(talk.theirs.encrypt("and on"))).isEqualTo("and on");
  }

  @ParameterizedTest
  @EnumSource
  void theyListenToUsInAnyOrderAndTwice(Library library) throws Exception {
    OutboundGroupSession speaker = OutboundGroupSession.create(CONFIG, RANDOM);
    MegolmMessage unheard = speaker.encrypt(utf8("unheard"));
    ForeignRatchets.Listener listener = at(library).listener(speaker.sessionKey());
    MegolmMessage first = speaker.encrypt(utf8("one"));
    MegolmMessage second = speaker.encrypt(utf8("two"));

    assertThat(listener.id()).isEqualTo(speaker.sessionId());
    assertThat(listener.firstKnownIndex()).isEqualTo(1);
    assertThat(listener.decrypt(second)).isEqualTo("two");
    assertThat(listener.decrypt(first)).isEqualTo("one");
    assertThat(listener.decrypt(second)).isEqualTo("two");
    assertThat(listener.refuses(unheard)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void weListenToThemInAnyOrderAndTwice(Library library) throws Exception {
    ForeignRatchets.Speaker speaker = at(library).speaker();
    InboundGroupSession listener = InboundGroupSession.fromSessionKey(CONFIG, speaker.sessionKey());
    MegolmMessage first = speaker.encrypt("one");
    MegolmMessage second = speaker.encrypt("two");

    assertThat(listener.sessionId()).isEqualTo(speaker.id());
    assertThat(listener.decrypt(second).plaintext()).isEqualTo(utf8("two"));
    assertThat(listener.decrypt(first).plaintext()).isEqualTo(utf8("one"));
    requireCode(() -> listener.decrypt(second), ErrorCode.MESSAGE_REPLAYED);
    assertThat(listener.reread(second).messageIndex()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void exportsAreTheSameBytesAndEitherSideImportsThem(Library library) throws Exception {
    OutboundGroupSession speaker = OutboundGroupSession.create(CONFIG, RANDOM);
    ForeignRatchets.Listener theirs = at(library).listener(speaker.sessionKey());
    InboundGroupSession mine = InboundGroupSession.fromSessionKey(CONFIG, speaker.sessionKey());
    MegolmMessage early = speaker.encrypt(utf8("early"));
    speaker.encrypt(utf8("between"));
    MegolmMessage late = speaker.encrypt(utf8("late"));

    assertThat(mine.exportAt(2).toBase64()).isEqualTo(theirs.export(2));
    assertThat(mine.exportAt(300).toBase64()).isEqualTo(theirs.export(300));
    ForeignRatchets.Listener joiner = at(library).listener(mine.exportAt(2));
    InboundGroupSession joined =
        InboundGroupSession.importFrom(CONFIG, ExportedSessionKey.fromBase64(theirs.export(2)));

    assertThat(joiner.firstKnownIndex()).isEqualTo(2);
    assertThat(joiner.decrypt(late)).isEqualTo("late");
    assertThat(joiner.refuses(early)).isTrue();
    assertThat(joined.decrypt(late).plaintext()).isEqualTo(utf8("late"));
    requireCode(() -> joined.decrypt(early), ErrorCode.UNKNOWN_MESSAGE_INDEX);
    assertThat(joined.compare(mine)).isEqualTo(SessionOrdering.WORSE);
  }

  @ParameterizedTest
  @EnumSource
  void speakersMoveBothWaysAndSayTheSameBytes(Library library) throws Exception {
    OutboundGroupSession speaker = OutboundGroupSession.create(CONFIG, RANDOM);
    speaker.encrypt(utf8("before"));
    byte[] ofOurs = format(library).pickle(speaker);
    ForeignRatchets.Speaker moved = at(library).speaker(ofOurs);
    assertThat(moved.pickle()).isEqualTo(ofOurs);
    assertThat(moved.encrypt("the same")).isEqualTo(speaker.encrypt(utf8("the same")));

    ForeignRatchets.Speaker theirs = at(library).speaker();
    theirs.encrypt("before");
    byte[] pickle = theirs.pickle();
    OutboundGroupSession back = format(library).outbound(pickle);
    assertThat(format(library).pickle(back)).isEqualTo(pickle);
    assertThat(back.encrypt(utf8("the same"))).isEqualTo(theirs.encrypt("the same"));
  }

  @ParameterizedTest
  @EnumSource
  void listenersMoveBothWays(Library library) throws Exception {
    OutboundGroupSession speaker = OutboundGroupSession.create(CONFIG, RANDOM);
    speaker.encrypt(utf8("unheard"));
    InboundGroupSession mine = InboundGroupSession.fromSessionKey(CONFIG, speaker.sessionKey());
    ForeignRatchets.Listener theirs = at(library).listener(speaker.sessionKey());
    MegolmMessage first = speaker.encrypt(utf8("one"));
    MegolmMessage second = speaker.encrypt(utf8("two"));
    mine.decrypt(second);
    theirs.decrypt(second);
    byte[] pickle = theirs.pickle();

    byte[] ofOurs = format(library).pickle(mine);
    ForeignRatchets.Listener moved = at(library).listener(ofOurs);
    InboundGroupSession back = format(library).inbound(pickle);

    assertThat(moved.pickle()).isEqualTo(ofOurs);
    assertThat(format(library).pickle(back)).isEqualTo(pickle);
    assertThat(moved.firstKnownIndex()).isEqualTo(1);
    assertThat(moved.decrypt(first)).isEqualTo("one");
    assertThat(back.firstKnownIndex()).isEqualTo(1);
    assertThat(back.signingKeyVerified()).isTrue();
    assertThat(back.decrypt(first).plaintext()).isEqualTo(utf8("one"));
  }

  @ParameterizedTest
  @EnumSource
  void signaturesVerifyBothWays(Library library) throws Exception {
    ForeignRatchets.Device theirs = at(library).device();
    Ed25519Signature signature = Ed25519Signature.fromBase64(theirs.sign("said"));
    String mine = ours.sign(utf8("said")).toBase64();

    theirs.ed25519().verify(utf8("said"), signature);
    requireCode(
        () -> theirs.ed25519().verify(utf8("unsaid"), signature), ErrorCode.INVALID_SIGNATURE);
    assertThat(at(library).refusesSignature(ours.identityKeys().ed25519(), "said", mine))
        .isFalse();
    assertThat(at(library).refusesSignature(ours.identityKeys().ed25519(), "unsaid", mine))
        .isTrue();
  }

  /** vodozemac also reads what libolm wrote; and what we write as libolm would. */
  @ParameterizedTest
  @EnumSource(names = "VODOZEMAC")
  void whatWeWriteForLibolmMovesToVodozemacToo(Library library) throws Exception {
    Curve25519PublicKey oneTimeKey = oneTimeKey();
    Talk talk = talk(library);
    OutboundGroupSession speaker = OutboundGroupSession.create(CONFIG, RANDOM);
    InboundGroupSession mine = InboundGroupSession.fromSessionKey(CONFIG, speaker.sessionKey());
    var libolm = format(library).libolm();

    requireIsOurs(at(library).deviceFromLibolm(libolm.pickle(ours)), List.of(oneTimeKey));
    ForeignRatchets.Session moved = at(library).sessionFromLibolm(libolm.pickle(talk.ours));
    assertThat(talk.theirs.decrypt(moved.encrypt("moved"))).isEqualTo("moved");
    assertThat(at(library)
            .listenerFromLibolm(libolm.pickle(mine))
            .decrypt(speaker.encrypt(utf8("heard"))))
        .isEqualTo("heard");
  }

  /** What moved signs and opens as this device does. */
  private void requireIsOurs(ForeignRatchets.Device moved, List<Curve25519PublicKey> keys)
      throws CryptoException {
    assertThat(moved.ed25519()).isEqualTo(ours.identityKeys().ed25519());
    assertThat(moved.sign("signed")).isEqualTo(ours.sign(utf8("signed")).toBase64());
    for (Curve25519PublicKey key : keys) {
      OlmMessage message = Account.create(RANDOM)
          .createOutboundSession(CONFIG, identity(), key)
          .encrypt(utf8("hello"));
      assertThat(moved.accept(message).text()).isEqualTo("hello");
    }
  }

  /** Both ends of a session in which each has spoken. */
  private record Talk(OlmSession ours, ForeignRatchets.Session theirs) {}

  private Talk talk(Library library) throws CryptoException {
    ForeignRatchets.Device theirs = at(library).device();
    OlmSession session = open(theirs, theirs.oneTimeKey());
    ForeignRatchets.Session peer = theirs.accept(session.encrypt(utf8("hello"))).session();
    session.decrypt(peer.encrypt("hello"));
    peer.decrypt(session.encrypt(utf8("how are you")));
    session.decrypt(peer.encrypt("well"));
    return new Talk(session, peer);
  }

  private OlmSession open(ForeignRatchets.Device theirs, Curve25519PublicKey theirKey)
      throws CryptoException {
    return ours.createOutboundSession(CONFIG, theirs.curve25519(), theirKey);
  }

  private InboundCreation accept(ForeignRatchets.Device theirs, OlmMessage message)
      throws CryptoException {
    return ours.createInboundSession(CONFIG, theirs.curve25519(), (PreKeyMessage) message);
  }

  private Curve25519PublicKey identity() {
    return ours.identityKeys().curve25519();
  }

  private Curve25519PublicKey oneTimeKey() {
    Curve25519PublicKey key = ours.generateOneTimeKeys(1).created().get(0);
    ours.markKeysAsPublished();
    return key;
  }

  private static OlmMessage damaged(OlmMessage message) throws CryptoException {
    byte[] bytes = message.bytes();
    bytes[bytes.length - 1] ^= 1;
    return OlmMessage.parse(message.type(), bytes);
  }

  private static void requireCode(ThrowingCallable refused, ErrorCode code) {
    assertThatThrownBy(refused)
        .isInstanceOfSatisfying(CryptoException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static ForeignRatchets at(Library library) {
    return new ForeignRatchets(
        Objects.requireNonNull(PEERS.get(library)), Base64.getEncoder().encodeToString(PICKLE_KEY));
  }

  private static ForeignFormat format(Library library) throws CryptoException {
    return new ForeignFormat(library, PICKLE_KEY, RANDOM);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
