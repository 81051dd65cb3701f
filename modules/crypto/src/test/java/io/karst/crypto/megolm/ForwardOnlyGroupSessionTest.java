package io.karst.crypto.megolm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.MissingMessageKeyException;
import io.karst.crypto.error.ReplayedMessageException;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.opened.IndexRange;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardOnlyGroupSessionTest {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final int MAX = ForwardOnlyGroupSession.SKIPPED_KEYS_MAX;

  private final OutboundGroupSession sender =
      OutboundGroupSession.create(SessionConfig.V1, new FixedRandom(1));
  private final ForwardOnlyGroupSession receiver;

  ForwardOnlyGroupSessionTest() throws CryptoException {
    receiver = receiver(sender);
  }

  @Test
  void aMessageIsReadOnce() throws Exception {
    MegolmMessage message = sender.encrypt(new byte[] {7});

    assertThat(receiver.decrypt(message).plaintext()).containsExactly(7);
    requireReplayed(message);
    assertThat(receiver.missing()).isEmpty();
    assertThat(receiver.nextIndex()).isEqualTo(1);
  }

  @Test
  void skippedMessagesAreReadLaterAndOnce() throws Exception {
    List<MegolmMessage> sent = send(4);

    receiver.decrypt(sent.get(3));
    assertThat(receiver.missing()).containsExactly(new IndexRange(0, 2));
    receiver.decrypt(sent.get(1));

    assertThat(receiver.missing()).containsExactly(new IndexRange(0, 0), new IndexRange(2, 2));
    requireReplayed(sent.get(1));
    requireReplayed(sent.get(3));
    assertThat(receiver.decrypt(sent.get(0)).messageIndex()).isZero();
  }

  @Test
  void aSessionThatCouldShareForgetsWhatWasReadAndKeepsWhatIsMissing() throws Exception {
    var shareable = InboundGroupSession.fromSessionKey(SessionConfig.V1, sender.sessionKey());
    List<MegolmMessage> sent = send(6);
    shareable.decrypt(sent.get(0));
    shareable.decrypt(sent.get(2));
    shareable.decrypt(sent.get(4));

    var forgetful = ForwardOnlyGroupSession.takeOver(shareable, 5, List.of(3L, 1L));

    assertThat(shareable.isDestroyed()).isTrue();
    ForwardOnlyKeys stolen = forgetful.keys(ACCESS);
    assertThat(stolen.ratchet().index()).isEqualTo(5);
    assertThat(stolen.skipped()).extracting(SkippedKey::index).containsExactly(1L, 3L);
    assertThat(forgetful.missing()).containsExactly(new IndexRange(1, 1), new IndexRange(3, 3));
    for (int read : List.of(0, 2, 4)) {
      assertThatThrownBy(() -> forgetful.decrypt(sent.get(read)))
          .isInstanceOf(ReplayedMessageException.class);
    }
    assertThat(forgetful.decrypt(sent.get(1)).messageIndex()).isEqualTo(1);
    assertThat(forgetful.decrypt(sent.get(3)).messageIndex()).isEqualTo(3);
    assertThat(forgetful.decrypt(sent.get(5)).messageIndex()).isEqualTo(5);
  }

  @Test
  void aSessionThatWasReadToItsEndForgetsEverything() throws Exception {
    var shareable = InboundGroupSession.fromSessionKey(SessionConfig.V1, sender.sessionKey());
    shareable.advanceTo(Ratchet.INDEX_MAX - 1);

    var forgetful = ForwardOnlyGroupSession.takeOver(
        shareable, Ratchet.INDEX_MAX + 1, List.of(5L, Ratchet.INDEX_MAX));

    assertThat(forgetful.missing())
        .containsExactly(new IndexRange(Ratchet.INDEX_MAX, Ratchet.INDEX_MAX));
    assertThat(forgetful.nextIndex()).isEqualTo(Ratchet.INDEX_MAX + 1);
  }

  @Test
  void aSessionOfWhichNothingIsLeftHasNoKeyAndCanBeCopied() throws Exception {
    var shareable = InboundGroupSession.fromSessionKey(SessionConfig.V1, sender.sessionKey());
    shareable.advanceTo(Ratchet.INDEX_MAX - 1);

    var spent = ForwardOnlyGroupSession.takeOver(shareable, Ratchet.INDEX_MAX + 1, List.of());

    assertThat(spent.missing()).isEmpty();
    assertThat(spent.nextIndex()).isEqualTo(Ratchet.INDEX_MAX + 1);
    assertThat(spent.copy().nextIndex()).isEqualTo(Ratchet.INDEX_MAX + 1);
    assertThat(spent.copy().keys(ACCESS).ratchet().isSpent()).isTrue();
  }

  @Test
  void aCopyReadsAndForgetsByItself() throws Exception {
    List<MegolmMessage> sent = send(4);
    receiver.decrypt(sent.get(2));

    ForwardOnlyGroupSession copy = receiver.copy();
    assertThat(Snapshot.of(copy)).isEqualTo(Snapshot.of(receiver));
    receiver.decrypt(sent.get(0));
    receiver.decrypt(sent.get(3));

    assertThat(copy.missing()).containsExactly(new IndexRange(0, 1));
    assertThat(copy.decrypt(sent.get(0)).plaintext()).containsExactly(0);
    receiver.close();
    assertThat(copy.decrypt(sent.get(1)).plaintext()).containsExactly(1);
    assertThat(copy.decrypt(sent.get(3)).plaintext()).containsExactly(3);
    assertThatThrownBy(() -> copy.decrypt(sent.get(2)))
        .isInstanceOf(ReplayedMessageException.class);
  }

  @Test
  void moreMissingMessagesThanAreKeptGiveWayFromTheOldestOn() throws Exception {
    var shareable = InboundGroupSession.fromSessionKey(SessionConfig.V1, sender.sessionKey());

    var forgetful = ForwardOnlyGroupSession.takeOver(
        shareable, MAX + 2, LongStream.range(0, MAX + 1).boxed().toList());

    assertThat(forgetful.missing()).containsExactly(new IndexRange(1, MAX));
  }

  @Test
  void aWideGapIsTakenOverAtItsNewestEndAlone() throws Exception {
    long far = 0x8000_0000L;
    Ratchet ahead = Ratchet.at(0, bytes());
    ahead.advanceTo(far);
    var near = OutboundGroupSession.restore(
        ACCESS, SessionConfig.V1, Ratchet.at(0, bytes()), Ed25519SigningKey.generate(fixed()));
    var jumped = OutboundGroupSession.restore(
        ACCESS, SessionConfig.V1, ahead, Ed25519SigningKey.generate(fixed()));
    var shareable = InboundGroupSession.fromSessionKey(SessionConfig.V1, near.sessionKey());
    shareable.decrypt(jumped.encrypt(new byte[] {9}));

    var forgetful = ForwardOnlyGroupSession.takeOver(shareable, 0, List.of());

    assertThat(forgetful.missing()).containsExactly(new IndexRange(far - MAX, far - 1));
    assertThat(forgetful.nextIndex()).isEqualTo(far + 1);
  }

  @Test
  void theOldestSkippedKeysGiveWay() throws Exception {
    List<MegolmMessage> sent = send(MAX + 6);

    receiver.decrypt(sent.get(1));
    receiver.decrypt(sent.get(MAX + 5));

    assertThat(receiver.missing()).containsExactly(new IndexRange(5, MAX + 4L));
    requireMissing(sent.get(0));
    requireMissing(sent.get(4));
    assertThat(receiver.decrypt(sent.get(5)).messageIndex()).isEqualTo(5);
  }

  @Test
  void theStateHoldsNothingThatOpensWhatWasRead() throws Exception {
    List<MegolmMessage> sent = send(3);
    receiver.decrypt(sent.get(2));
    receiver.decrypt(sent.get(0));

    ForwardOnlyKeys stolen = receiver.keys(ACCESS);

    assertThat(stolen.ratchet().index()).isEqualTo(3);
    assertThat(stolen.skipped()).extracting(SkippedKey::index).containsExactly(1L);
    assertThatThrownBy(() -> sent.get(0).open(stolen.skipped().get(0).messageKeys()))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void theLastIndexIsReadAndThenNothing() throws Exception {
    var last = OutboundGroupSession.restore(
        ACCESS,
        SessionConfig.V2,
        Ratchet.at(Ratchet.INDEX_MAX - 1, new byte[Ratchet.LENGTH]),
        Ed25519SigningKey.generate(new FixedRandom(2)));
    ForwardOnlyGroupSession end = receiver(last);
    MegolmMessage before = last.encrypt(new byte[] {1});
    MegolmMessage message = last.encrypt(new byte[] {2});

    assertThat(end.decrypt(message).plaintext()).containsExactly(2);
    assertThat(end.decrypt(before).plaintext()).containsExactly(1);

    assertThat(end.nextIndex()).isEqualTo(Ratchet.INDEX_MAX + 1);
    assertThatThrownBy(() -> end.decrypt(message)).isInstanceOf(ReplayedMessageException.class);
    assertThat(end.advanceTo(Ratchet.INDEX_MAX)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0x100, 0x1_0000, 0x100_0000, 0x8000_0000L, Ratchet.INDEX_MAX})
  void anyDistanceIsCrossed(long index) throws Exception {
    var far = OutboundGroupSession.restore(
        ACCESS, SessionConfig.V1, Ratchet.at(0, bytes()), Ed25519SigningKey.generate(fixed()));
    ForwardOnlyGroupSession reader = receiver(far);
    Ratchet ahead = Ratchet.at(0, bytes());
    ahead.advanceTo(index);
    var jumped = OutboundGroupSession.restore(
        ACCESS, SessionConfig.V1, ahead, Ed25519SigningKey.generate(fixed()));

    assertThat(reader.decrypt(jumped.encrypt(new byte[] {9})).plaintext()).containsExactly(9);
    assertThat(reader.missing()).containsExactly(new IndexRange(index - MAX, index - 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0x100, 0x1_0000, 0x100_0000, 0x8000_0000L, Ratchet.INDEX_MAX - 2})
  void messagesAroundEveryEdgeAreReadBackwardsAndOnce(long edge) throws Exception {
    var near = OutboundGroupSession.restore(
        ACCESS,
        SessionConfig.V2,
        Ratchet.at(edge - 2, bytes()),
        Ed25519SigningKey.generate(fixed()));
    ForwardOnlyGroupSession reader = receiver(near);
    List<MegolmMessage> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.add(near.encrypt(new byte[] {(byte) i}));
    }
    for (int i = sent.size() - 1; i >= 0; i--) {
      MegolmMessage message = sent.get(i);
      assertThat(reader.decrypt(message).plaintext()).containsExactly(i);
      assertThatThrownBy(() -> reader.decrypt(message))
          .isInstanceOf(ReplayedMessageException.class);
    }
    assertThat(reader.missing()).isEmpty();
  }

  @Test
  void onlyAnImportedSessionIsNotVerified() throws Exception {
    var exported = InboundGroupSession.fromSessionKey(SessionConfig.V1, sender.sessionKey())
        .exportAtFirstKnownIndex();
    ForwardOnlyGroupSession imported =
        ForwardOnlyGroupSession.importFrom(SessionConfig.V1, exported);
    SenderRatchet ratchet = SenderRatchet.generate(fixed());
    Ed25519SigningKey key = Ed25519SigningKey.generate(fixed());
    ForwardOnlyGroupSession bound =
        ForwardOnlyGroupSession.fromVerifiedBinding(SessionConfig.V1, ratchet, key.publicKey());
    OutboundGroupSession ofBound =
        OutboundGroupSession.fromSenderRatchet(SessionConfig.V1, ratchet, key);

    assertThat(imported.signingKeyVerified()).isFalse();
    assertThat(bound.signingKeyVerified()).isTrue();
    assertThat(receiver.signingKeyVerified()).isTrue();
    assertThat(imported.decrypt(sender.encrypt(new byte[] {1})).plaintext()).containsExactly(1);
    assertThat(bound.decrypt(ofBound.encrypt(new byte[] {2})).plaintext()).containsExactly(2);
    assertThat(imported).hasToString("ForwardOnlyGroupSession(" + sender.sessionId() + " from 1)");
  }

  @Test
  void advancingForgetsWhatIsMissing() throws Exception {
    List<MegolmMessage> sent = send(4);
    receiver.decrypt(sent.get(3));

    assertThat(receiver.advanceTo(2)).isTrue();
    assertThat(receiver.missing()).containsExactly(new IndexRange(2, 2));
    assertThat(receiver.advanceTo(2)).isFalse();
    assertThat(receiver.advanceTo(10)).isTrue();
    assertThat(receiver.missing()).isEmpty();
    assertThat(receiver.nextIndex()).isEqualTo(10);
    requireMissing(sent.get(2));
    assertThatIllegalArgumentException().isThrownBy(() -> receiver.advanceTo(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> receiver.advanceTo(1L << 32));
  }

  @Test
  void anotherConfigAndAnotherSignerAreRefused() throws Exception {
    MegolmMessage ofV2 =
        OutboundGroupSession.create(SessionConfig.V2, new FixedRandom(1)).encrypt(new byte[0]);
    MegolmMessage ofAnother =
        OutboundGroupSession.create(SessionConfig.V1, new FixedRandom(9)).encrypt(new byte[0]);

    assertThatThrownBy(() -> receiver.decrypt(ofV2))
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MAC_LENGTH));
    assertThatThrownBy(() -> receiver.decrypt(ofAnother))
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SIGNATURE));
  }

  @Test
  void onceWipedItRefusesEverything() throws Exception {
    MegolmMessage message = sender.encrypt(new byte[0]);
    MegolmMessage later = sender.encrypt(new byte[0]);
    receiver.decrypt(later);
    SkippedKey key = receiver.keys(ACCESS).skipped().get(0);

    receiver.close();

    assertThat(receiver.isDestroyed()).isTrue();
    assertThat(key.isDestroyed()).isTrue();
    assertThat(key).hasToString("SkippedKey(destroyed)@0");
    assertThatIllegalStateException().isThrownBy(() -> receiver.decrypt(message));
  }

  @Test
  void whatCannotComeAboutIsNotRestored() {
    Ratchet ratchet = Ratchet.at(5, bytes());
    SkippedKey third = SkippedKey.of(3, new byte[SkippedKey.LENGTH]);
    SkippedKey fifth = SkippedKey.of(5, new byte[SkippedKey.LENGTH]);
    List<SkippedKey> many = LongStream.rangeClosed(0, MAX)
        .mapToObj(i -> SkippedKey.of(i, new byte[SkippedKey.LENGTH]))
        .toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ForwardOnlyKeys(ratchet, List.of(fifth)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ForwardOnlyKeys(ratchet, List.of(third, third)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ForwardOnlyKeys(Ratchet.at(1000, bytes()), many));
    assertThatIllegalArgumentException().isThrownBy(() -> SkippedKey.of(0, new byte[79]));
  }

  /** The model is a set: what was sent, is not read, and is not too far behind. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void whateverArrivesIsReadOnce(long seed) throws Exception {
    Random random = new Random(seed);
    List<MegolmMessage> sent = new ArrayList<>();
    Set<Long> read = new HashSet<>();
    for (int step = 0; step < 400; step++) {
      String context = "seed " + seed + " step " + step;
      if (sent.isEmpty() || random.nextInt(3) == 0) {
        sent.addAll(send(1 + random.nextInt(3)));
        continue;
      }
      int place = sent.size() - 1 - random.nextInt(Math.min(sent.size(), MAX / 2));
      MegolmMessage message = sent.get(place);
      if (random.nextInt(4) == 0) {
        requireRefused(flipped(message, random), context);
      } else if (read.contains(message.messageIndex())) {
        requireRefused(message.bytes(), context);
      } else if (receiver.missing().stream()
              .anyMatch(range -> range.contains(message.messageIndex()))
          || message.messageIndex() >= receiver.nextIndex()) {
        assertThat(receiver.decrypt(message).messageIndex()).as(context).isEqualTo(place);
        read.add(message.messageIndex());
      } else {
        assertThat(place).as(context).isLessThan(sent.size() - MAX / 4);
        requireRefused(message.bytes(), context);
      }
    }
    assertThat(read).as("seed " + seed).hasSizeGreaterThan(50);
  }

  private static byte[] flipped(MegolmMessage message, Random random) {
    byte[] bytes = message.bytes();
    int bit = random.nextInt(bytes.length * 8);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    return bytes;
  }

  private void requireRefused(byte[] message, String context) {
    byte[] before = Snapshot.of(receiver);
    assertThatThrownBy(() -> receiver.decrypt(MegolmMessage.parse(message)))
        .as(context)
        .isInstanceOf(CryptoException.class);
    assertThat(Snapshot.of(receiver)).as(context).isEqualTo(before);
  }

  private void requireMissing(MegolmMessage message) {
    assertThatThrownBy(() -> receiver.decrypt(message))
        .isInstanceOf(MissingMessageKeyException.class);
  }

  private void requireReplayed(MegolmMessage message) {
    assertThatThrownBy(() -> receiver.decrypt(message))
        .isInstanceOf(ReplayedMessageException.class);
  }

  private List<MegolmMessage> send(int count) throws CryptoException {
    List<MegolmMessage> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(sender.encrypt(new byte[] {(byte) i}));
    }
    return sent;
  }

  private static ForwardOnlyGroupSession receiver(OutboundGroupSession sender)
      throws CryptoException {
    return ForwardOnlyGroupSession.fromSessionKey(sender.config(), sender.sessionKey());
  }

  private static byte[] bytes() {
    return fixed().next(Ratchet.LENGTH);
  }

  private static FixedRandom fixed() {
    return new FixedRandom(3);
  }
}
