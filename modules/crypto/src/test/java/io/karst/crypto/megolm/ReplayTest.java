package io.karst.crypto.megolm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.LateMessageException;
import io.karst.crypto.error.MissingMessageKeyException;
import io.karst.crypto.error.ReplayedMessageException;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.opened.IndexRange;
import io.karst.crypto.megolm.opened.OpenedIndexes;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.crypto.pickle.libolm.LibolmPickler;
import io.karst.crypto.pickle.vodozemac.VodozemacPickler;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions that can read again, and yet open each message once. */
class ReplayTest {

  private static final SessionConfig CONFIG = SessionConfig.V1;
  private static final SecretAccess ACCESS = SecretAccess.forPickling();

  private final FixedRandom random = new FixedRandom(31);
  private final OutboundGroupSession sender = OutboundGroupSession.create(CONFIG, random);
  private final InboundGroupSession receiver;
  private final List<MegolmMessage> sent = new ArrayList<>();

  ReplayTest() throws CryptoException {
    receiver = InboundGroupSession.fromSessionKey(CONFIG, sender.sessionKey());
    for (int i = 0; i < 10; i++) {
      sent.add(sender.encrypt(new byte[] {(byte) i}));
    }
  }

  @Test
  void aReplayIsRefusedAndLeavesTheStateAsItWas() throws Exception {
    receiver.decrypt(sent.get(2));
    byte[] before = Snapshot.of(receiver);

    requireReplayed(receiver, sent.get(2));

    assertThat(Snapshot.of(receiver)).isEqualTo(before);
    assertThat(receiver.decrypt(sent.get(1)).plaintext()).containsExactly(1);
    requireReplayed(receiver, sent.get(1));
  }

  /** A sender that went back to an older pickle, or means to deceive. */
  @Test
  void anotherMessageOfTheSameIndexIsAReplayToo() throws Exception {
    Pickler pickler = new Pickler(PickleKey.generate(random), random);
    OutboundGroupSession twin = pickler.outboundGroupSession(pickler.pickle(sender));
    receiver.decrypt(sender.encrypt(new byte[] {1}));

    requireReplayed(receiver, twin.encrypt(new byte[] {2}));
  }

  @Test
  void aMessageThatIsNotAuthenticIsNeverCalledAReplay() throws Exception {
    receiver.decrypt(sent.get(0));
    byte[] forged = sent.get(0).bytes();
    forged[forged.length - 1] ^= 1;

    assertThatThrownBy(() -> receiver.decrypt(MegolmMessage.parse(forged)))
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SIGNATURE));
  }

  @Test
  void historyIsReadAgainAndCountsForNothing() throws Exception {
    receiver.decrypt(sent.get(1));

    assertThat(receiver.reread(sent.get(1)).plaintext()).containsExactly(1);
    assertThat(receiver.reread(sent.get(5)).plaintext()).containsExactly(5);

    assertThat(receiver.missing()).containsExactly(new IndexRange(0, 0));
    assertThat(receiver.nextIndex()).isEqualTo(2);
    assertThat(receiver.decrypt(sent.get(5)).plaintext()).containsExactly(5);
  }

  @Test
  void whatDidNotComeIsToldUntilItComesOrIsForgotten() throws Exception {
    receiver.decrypt(sent.get(4));
    receiver.decrypt(sent.get(7));
    assertThat(receiver.missing()).containsExactly(new IndexRange(0, 3), new IndexRange(5, 6));
    assertThat(receiver.nextIndex()).isEqualTo(8);

    receiver.decrypt(sent.get(5));
    receiver.advanceTo(2);
    assertThat(receiver.missing()).containsExactly(new IndexRange(2, 3), new IndexRange(6, 6));

    receiver.advanceTo(9);
    assertThat(receiver.missing()).isEmpty();
    assertThat(receiver.nextIndex()).isEqualTo(9);
    receiver.decrypt(sent.get(9));
    assertThat(receiver.missing()).isEmpty();
  }

  @Test
  void moreGapsThanAreRecordedRefuseTheOldest() throws Exception {
    List<MegolmMessage> more = new ArrayList<>(sent);
    for (int i = sent.size(); i < 2 * OpenedIndexes.GAPS_MAX + 2; i++) {
      more.add(sender.encrypt(new byte[0]));
    }
    for (int i = 1; i < more.size(); i += 2) {
      receiver.decrypt(more.get(i));
    }
    byte[] before = Snapshot.of(receiver);

    assertThatThrownBy(() -> receiver.decrypt(more.get(0)))
        .isInstanceOf(LateMessageException.class);
    assertThat(Snapshot.of(receiver)).isEqualTo(before);
    assertThat(receiver.missing()).hasSize(OpenedIndexes.GAPS_MAX);
    assertThat(receiver.reread(more.get(0)).messageIndex()).isZero();
    receiver.decrypt(more.get(2));
  }

  @Test
  void theRecordIsStoredAndCopied() throws Exception {
    receiver.decrypt(sent.get(3));
    Pickler pickler = new Pickler(PickleKey.generate(random), random);

    InboundGroupSession stored = pickler.inboundGroupSession(pickler.pickle(receiver));
    InboundGroupSession copy = receiver.copy();

    requireReplayed(stored, sent.get(3));
    requireReplayed(copy, sent.get(3));
    assertThat(stored.missing()).containsExactly(new IndexRange(0, 2));
    copy.decrypt(sent.get(1));
    assertThat(receiver.missing()).as("a copy is on its own").hasSize(1);
  }

  @Test
  void whatIsExportedOrWrittenForOthersStartsANewRecord() throws Exception {
    receiver.decrypt(sent.get(3));
    LibolmPickler libolm = new LibolmPickler(new byte[32], random);
    VodozemacPickler vodozemac = new VodozemacPickler(PickleKey.generate(random), random);

    for (InboundGroupSession blank : List.of(
        InboundGroupSession.importFrom(CONFIG, receiver.exportAt(2)),
        libolm.inboundGroupSession(libolm.pickle(receiver)),
        vodozemac.inboundGroupSession(vodozemac.pickle(receiver)))) {
      assertThat(blank.missing()).isEmpty();
      assertThat(blank.nextIndex()).isEqualTo(blank.firstKnownIndex());
      assertThat(blank.decrypt(sent.get(3)).plaintext()).containsExactly(3);
    }
    assertThat(receiver.nextIndex()).isEqualTo(4);
  }

  @Test
  void aMergedSessionOpensNothingThatEitherOpened() throws Exception {
    InboundGroupSession late = InboundGroupSession.importFrom(CONFIG, receiver.exportAt(4));
    late.decrypt(sent.get(6));
    receiver.decrypt(sent.get(1));
    byte[] before = Snapshot.of(late);

    for (InboundGroupSession merged :
        List.of(late.merge(receiver).orElseThrow(), receiver.merge(late).orElseThrow())) {
      requireReplayed(merged, sent.get(1));
      requireReplayed(merged, sent.get(6));
      assertThat(merged.missing()).containsExactly(new IndexRange(0, 0), new IndexRange(2, 5));
      merged.decrypt(sent.get(0));
    }
    assertThat(Snapshot.of(late)).isEqualTo(before);
  }

  @Test
  void whoMustForgetGoesByTheSessionsOwnRecord() throws Exception {
    receiver.decrypt(sent.get(2));
    receiver.decrypt(sent.get(6));

    ForwardOnlyGroupSession once = ForwardOnlyGroupSession.takeOver(receiver);

    assertThat(receiver.isDestroyed()).isTrue();
    assertThat(once.missing()).containsExactly(new IndexRange(0, 1), new IndexRange(3, 5));
    requireReplayed(once, sent.get(6));
    assertThat(once.decrypt(sent.get(3)).plaintext()).containsExactly(3);
    requireReplayed(once, sent.get(3));
    assertThat(once.decrypt(sent.get(7)).plaintext()).containsExactly(7);
  }

  @Test
  void whatEitherRecordHasAsReadIsForgotten() throws Exception {
    receiver.decrypt(sent.get(1));
    receiver.decrypt(sent.get(4));

    var once = ForwardOnlyGroupSession.takeOver(receiver, 3, List.of(0L, 1L));

    assertThat(once.missing()).containsExactly(new IndexRange(0, 0), new IndexRange(3, 3));
    assertThat(once.nextIndex()).isEqualTo(5);
    requireReplayed(once, sent.get(1));
    assertThatThrownBy(() -> once.decrypt(sent.get(2)))
        .as("read, says the caller")
        .isInstanceOf(MissingMessageKeyException.class);
  }

  @Test
  void aLongGapLeavesTheNewestKeysToWhoMustForget() throws Exception {
    List<MegolmMessage> more = new ArrayList<>(sent);
    for (int i = sent.size(); i < 100; i++) {
      more.add(sender.encrypt(new byte[0]));
    }
    receiver.decrypt(more.get(99));

    ForwardOnlyGroupSession once = ForwardOnlyGroupSession.takeOver(receiver);

    assertThat(once.missing())
        .containsExactly(new IndexRange(99 - ForwardOnlyGroupSession.SKIPPED_KEYS_MAX, 98));
  }

  @Test
  void whoReadsOnceMayLookAtWhatIsStillToBeRead() throws Exception {
    var once = ForwardOnlyGroupSession.fromSessionKey(CONFIG, fromTheStart());
    once.decrypt(sent.get(2));
    byte[] before = Snapshot.of(once);

    assertThat(once.reread(sent.get(0)).plaintext()).containsExactly(0);
    assertThat(once.reread(sent.get(9)).plaintext()).containsExactly(9);
    assertThatThrownBy(() -> once.reread(sent.get(2)))
        .isInstanceOf(MissingMessageKeyException.class);

    assertThat(Snapshot.of(once)).isEqualTo(before);
    assertThat(once.decrypt(sent.get(0)).plaintext()).containsExactly(0);
  }

  @Test
  void aRecordFitsItsSession() throws Exception {
    InboundGroupSession late = InboundGroupSession.importFrom(CONFIG, receiver.exportAt(4));
    assertThat(late.recalling(ACCESS, OpenedIndexes.from(4)).nextIndex()).isEqualTo(4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> late.recalling(ACCESS, OpenedIndexes.from(5)));
    var once = ForwardOnlyGroupSession.fromSessionKey(CONFIG, fromTheStart());
    once.decrypt(sent.get(0));
    assertThat(once.recalling(ACCESS, OpenedIndexes.from(0).with(0)).nextIndex())
        .isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> once.recalling(ACCESS, OpenedIndexes.from(0).with(1)));
  }

  /** Made before the messages were sent. */
  private SessionKey fromTheStart() throws CryptoException {
    OutboundGroupSession same = OutboundGroupSession.create(CONFIG, new FixedRandom(31));
    assertThat(same.sessionId()).isEqualTo(sender.sessionId());
    return same.sessionKey();
  }

  private static void requireReplayed(ReceivingSession session, MegolmMessage message) {
    assertThatThrownBy(() -> session.decrypt(message))
        .isInstanceOfSatisfying(
            ReplayedMessageException.class,
            e -> assertThat(e.messageIndex()).isEqualTo(message.messageIndex()));
  }
}
