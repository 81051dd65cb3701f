package io.karst.crypto.megolm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.error.UnknownMessageIndexException;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupSessionTest {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();

  private final FixedRandom random = new FixedRandom(11);
  private final OutboundGroupSession outbound =
      OutboundGroupSession.create(SessionConfig.V1, random);

  @ParameterizedTest
  @EnumSource(SessionConfig.class)
  void receiversReadFromTheIndexOfTheirSessionKeyOn(SessionConfig config) throws Exception {
    OutboundGroupSession sender = OutboundGroupSession.create(config, random);
    MegolmMessage early = sender.encrypt(utf8("early"));
    InboundGroupSession receiver = InboundGroupSession.fromSessionKey(config, sender.sessionKey());

    DecryptedMessage late = receiver.decrypt(sender.encrypt(utf8("late")));

    assertThat(late.plaintext()).isEqualTo(utf8("late"));
    assertThat(late.messageIndex()).isEqualTo(1);
    assertThat(receiver.firstKnownIndex()).isEqualTo(1);
    assertThat(receiver.sessionId()).isEqualTo(sender.sessionId());
    assertThatThrownBy(() -> receiver.decrypt(early))
        .isInstanceOfSatisfying(UnknownMessageIndexException.class, e -> {
          assertThat(e.firstKnown()).isEqualTo(1);
          assertThat(e.actual()).isZero();
        });
  }

  @Test
  void aSenderRatchetAndABoundKeyMakeAnOrdinarySession() throws Exception {
    SenderRatchet ratchet = SenderRatchet.generate(random);
    Ed25519SigningKey signingKey = Ed25519SigningKey.generate(random);
    InboundGroupSession derived =
        InboundGroupSession.fromVerifiedBinding(SessionConfig.V1, ratchet, signingKey.publicKey());

    OutboundGroupSession sender =
        OutboundGroupSession.fromSenderRatchet(SessionConfig.V1, ratchet, signingKey);
    InboundGroupSession told =
        InboundGroupSession.fromSessionKey(SessionConfig.V1, sender.sessionKey());
    MegolmMessage message = sender.encrypt(utf8("hello"));

    assertThat(derived.decrypt(message).plaintext()).isEqualTo(utf8("hello"));
    assertThat(told.decrypt(message).plaintext()).isEqualTo(utf8("hello"));
    assertThat(derived.signingKeyVerified()).isTrue();
    assertThat(derived.compare(told)).isEqualTo(SessionOrdering.EQUAL);
  }

  @Test
  void sendingConsumesASenderRatchetButReceivingDoesNot() throws Exception {
    SenderRatchet ratchet = SenderRatchet.generate(random);
    Ed25519SigningKey signingKey = Ed25519SigningKey.generate(random);
    InboundGroupSession.fromVerifiedBinding(SessionConfig.V1, ratchet, signingKey.publicKey());
    assertThat(ratchet.isDestroyed()).isFalse();

    OutboundGroupSession.fromSenderRatchet(SessionConfig.V1, ratchet, signingKey);

    assertThat(ratchet.isDestroyed()).isTrue();
    assertThat(ratchet).hasToString("SenderRatchet(destroyed)");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> OutboundGroupSession.fromSenderRatchet(SessionConfig.V1, ratchet, signingKey));
  }

  @Test
  void whoKnowsOnlyTheRatchetCannotSpeakForTheSender() throws Exception {
    SenderRatchet ratchet = SenderRatchet.generate(random);
    SenderRatchet stolen = SenderRatchet.fromBytes(ratchet.bytes(ACCESS));
    Ed25519SigningKey signingKey = Ed25519SigningKey.generate(random);
    InboundGroupSession receiver =
        InboundGroupSession.fromVerifiedBinding(SessionConfig.V1, ratchet, signingKey.publicKey());
    OutboundGroupSession impostor = OutboundGroupSession.fromSenderRatchet(
        SessionConfig.V1, stolen, Ed25519SigningKey.generate(random));
    MegolmMessage forged = impostor.encrypt(utf8("trust me"));

    assertThatThrownBy(() -> receiver.decrypt(forged))
        .isInstanceOf(SignatureRejectedException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 8, 1L << 16, 1L << 24, 1L << 31, Ratchet.INDEX_MAX})
  void messagesAroundEveryEdgeOfTheIndexAreRead(long edge) throws Exception {
    OutboundGroupSession sender = outboundAt(edge - 2);
    InboundGroupSession receiver =
        InboundGroupSession.fromSessionKey(SessionConfig.V1, sender.sessionKey());
    long last = Math.min(edge + 2, Ratchet.INDEX_MAX);
    MegolmMessage[] messages = new MegolmMessage[(int) (last - edge + 3)];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = sender.encrypt(utf8("m" + i));
    }
    for (int i = messages.length - 1; i >= 0; i--) {
      DecryptedMessage read = receiver.decrypt(messages[i]);
      assertThat(read.plaintext()).isEqualTo(utf8("m" + i));
      assertThat(read.messageIndex()).isEqualTo(edge - 2 + i);
    }
    ExportedSessionKey exported = receiver.exportAt(edge);
    assertThat(exported.messageIndex()).isEqualTo(edge);
    InboundGroupSession joiner = InboundGroupSession.importFrom(SessionConfig.V1, exported);
    assertThat(joiner.decrypt(messages[2]).plaintext()).isEqualTo(utf8("m2"));
  }

  @Test
  void theLastIndexIsUsedOnceAndNoneComesAfterIt() throws Exception {
    OutboundGroupSession sender = outboundAt(Ratchet.INDEX_MAX - 1);
    sender.encrypt(utf8("last but one"));
    assertThat(sender.messageIndex()).isEqualTo(Ratchet.INDEX_MAX);

    assertThat(sender.encrypt(utf8("last")).messageIndex()).isEqualTo(Ratchet.INDEX_MAX);

    assertThat(sender.messageIndex()).isEqualTo(1L << 32);
    byte[] before = Snapshot.of(sender);
    assertThatThrownBy(() -> sender.encrypt(utf8("one more")))
        .isInstanceOf(RatchetExhaustedException.class);
    assertThatThrownBy(sender::sessionKey).isInstanceOf(RatchetExhaustedException.class);
    assertThat(Snapshot.of(sender)).isEqualTo(before);
    assertThat(sender.ratchet(ACCESS).isDestroyed())
        .as("the last keys are wiped")
        .isTrue();
    assertThat(sender.publicKey()).isNotNull();
  }

  @Test
  void aMessageOfTheOtherConfigIsRefused() throws Exception {
    OutboundGroupSession sender = OutboundGroupSession.create(SessionConfig.V2, random);
    InboundGroupSession receiver =
        InboundGroupSession.fromSessionKey(SessionConfig.V1, sender.sessionKey());
    MegolmMessage message = sender.encrypt(utf8("long mac"));

    assertThatThrownBy(() -> receiver.decrypt(message))
        .isInstanceOfSatisfying(
            DecryptionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MAC_LENGTH));
  }

  @Test
  void aSignatureDoesNotStandInForTheMac() throws Exception {
    Ed25519SigningKey signingKey = Ed25519SigningKey.generate(random);
    SenderRatchet ratchet = SenderRatchet.generate(random);
    InboundGroupSession receiver =
        InboundGroupSession.fromVerifiedBinding(SessionConfig.V1, ratchet, signingKey.publicKey());
    OutboundGroupSession sender =
        OutboundGroupSession.fromSenderRatchet(SessionConfig.V1, ratchet, signingKey);
    byte[] frame = sender.encrypt(utf8("hello")).bytes();
    int signatureFrom = frame.length - 64;
    frame[signatureFrom - 1] ^= 1;
    System.arraycopy(signingKey.sign(frame, signatureFrom).bytes(), 0, frame, signatureFrom, 64);
    byte[] before = Snapshot.of(receiver);

    assertThatThrownBy(() -> receiver.decrypt(MegolmMessage.parse(frame)))
        .isInstanceOfSatisfying(
            DecryptionException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MAC));
    assertThat(Snapshot.of(receiver)).isEqualTo(before);
  }

  @Test
  void anOldMessageDoesNotTakeTheNewestRatchetBack() throws Exception {
    InboundGroupSession receiver = inboundFrom(0);
    MegolmMessage first = outbound.encrypt(utf8("0"));
    MegolmMessage second = outbound.encrypt(utf8("1"));
    receiver.decrypt(second);

    receiver.decrypt(first);

    assertThat(receiver.ratchets(ACCESS).latest().index()).isEqualTo(1);
    assertThat(receiver.ratchets(ACCESS).initial().index()).isZero();
  }

  @Test
  void importedSessionsStayUnverifiedWhateverTheyRead() throws Exception {
    InboundGroupSession receiver =
        InboundGroupSession.fromSessionKey(SessionConfig.V1, outbound.sessionKey());
    InboundGroupSession joiner =
        InboundGroupSession.importFrom(SessionConfig.V1, receiver.exportAtFirstKnownIndex());

    joiner.decrypt(outbound.encrypt(utf8("valid")));

    assertThat(joiner.signingKeyVerified()).isFalse();
    assertThat(receiver.signingKeyVerified()).isTrue();
  }

  @Test
  void exportsOutsideTheKnownIndicesAreRefused() throws Exception {
    InboundGroupSession receiver = inboundFrom(5);
    byte[] before = Snapshot.of(receiver);

    assertThat(receiver.exportAt(5).messageIndex()).isEqualTo(5);
    assertThat(receiver.exportAt(Ratchet.INDEX_MAX).messageIndex()).isEqualTo(Ratchet.INDEX_MAX);
    assertThatThrownBy(() -> receiver.exportAt(4)).isInstanceOf(UnknownMessageIndexException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> receiver.exportAt(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> receiver.exportAt(Ratchet.INDEX_MAX + 1));
    assertThat(Snapshot.of(receiver)).isEqualTo(before);
  }

  @Test
  void forgettingIsForEver() throws Exception {
    InboundGroupSession receiver = inboundFrom(0);
    MegolmMessage first = outbound.encrypt(utf8("0"));
    MegolmMessage second = outbound.encrypt(utf8("1"));
    receiver.decrypt(first);

    assertThat(receiver.advanceTo(1)).isTrue();

    assertThat(receiver.firstKnownIndex()).isEqualTo(1);
    assertThat(receiver.advanceTo(1)).isFalse();
    assertThat(receiver.advanceTo(0)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> receiver.advanceTo(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> receiver.advanceTo(Ratchet.INDEX_MAX + 1));
    assertThatThrownBy(() -> receiver.decrypt(first))
        .isInstanceOf(UnknownMessageIndexException.class);
    assertThat(receiver.decrypt(second).plaintext()).isEqualTo(utf8("1"));
  }

  @Test
  void sessionsAreComparedAndMergedByWhatTheyCanRead() throws Exception {
    InboundGroupSession full = inboundFrom(0);
    InboundGroupSession late = InboundGroupSession.importFrom(SessionConfig.V1, full.exportAt(300));
    InboundGroupSession later =
        InboundGroupSession.fromSessionKey(SessionConfig.V1, outbound.sessionKey());
    later.advanceTo(700);

    assertThat(full.compare(late)).isEqualTo(SessionOrdering.BETTER);
    assertThat(late.compare(full)).isEqualTo(SessionOrdering.WORSE);
    assertThat(late.compare(late)).isEqualTo(SessionOrdering.EQUAL);
    InboundGroupSession merged = later.merge(late).orElseThrow();
    assertThat(merged.firstKnownIndex()).isEqualTo(300);
    assertThat(merged.signingKeyVerified()).isTrue();
    assertThat(late.merge(late).orElseThrow().signingKeyVerified()).isFalse();
    assertThat(later.firstKnownIndex()).isEqualTo(700);
  }

  @Test
  void foreignAndTamperedSessionsAreUnconnected() throws Exception {
    InboundGroupSession mine = inboundFrom(0);
    OutboundGroupSession other = OutboundGroupSession.create(SessionConfig.V1, random);
    byte[] exported = mine.exportAt(3).bytes();
    exported[5] ^= 1;
    InboundGroupSession tampered =
        InboundGroupSession.importFrom(SessionConfig.V1, ExportedSessionKey.fromBytes(exported));
    InboundGroupSession foreign =
        InboundGroupSession.fromSessionKey(SessionConfig.V1, other.sessionKey());
    InboundGroupSession otherConfig =
        InboundGroupSession.fromSessionKey(SessionConfig.V2, outbound.sessionKey());

    for (InboundGroupSession session : new InboundGroupSession[] {tampered, foreign, otherConfig}) {
      assertThat(mine.connected(session)).isFalse();
      assertThat(mine.compare(session)).isEqualTo(SessionOrdering.UNCONNECTED);
      assertThat(mine.merge(session)).isEmpty();
    }
  }

  @Test
  void nothingSecretIsPrintedAndDestroyedSessionsRefuseAllUse() throws Exception {
    InboundGroupSession receiver = inboundFrom(0);
    MegolmMessage message = outbound.encrypt(utf8("x"));
    assertThat(outbound.sessionKey()).hasToString("SessionKey(secret)");
    assertThat(receiver.exportAt(0)).hasToString("ExportedSessionKey(secret)");

    outbound.destroy();
    receiver.destroy();

    assertThat(outbound.isDestroyed()).isTrue();
    assertThat(receiver.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> outbound.encrypt(utf8("x")));
    assertThatIllegalStateException().isThrownBy(() -> receiver.decrypt(message));
  }

  private InboundGroupSession inboundFrom(long index) throws Exception {
    InboundGroupSession session =
        InboundGroupSession.fromSessionKey(SessionConfig.V1, outbound.sessionKey());
    session.advanceTo(index);
    return session;
  }

  private OutboundGroupSession outboundAt(long index) {
    Ratchet ratchet = Ratchet.at(index, random.next(Ratchet.LENGTH));
    return OutboundGroupSession.restore(
        ACCESS, SessionConfig.V1, ratchet, Ed25519SigningKey.generate(random));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
