package io.karst.crypto.megolm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.UnknownMessageIndexException;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.opened.IndexRange;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random deliveries of a group session: any order, loss, repetition, and flipped bits.
 *
 * <p>The model is the first known index and the set of what was opened. To replay a failure, put
 * its seed in {@code @ValueSource}.
 */
class GroupSessionWalkTest {

  private static final int STEPS = 300;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void whateverArrivesIsOpenedOnceFromTheFirstKnownIndexOn(long seed) throws Exception {
    Random random = new Random(seed);
    SessionConfig config = random.nextBoolean() ? SessionConfig.V1 : SessionConfig.V2;
    OutboundGroupSession sender = sender(config, random);
    InboundGroupSession receiver = InboundGroupSession.fromSessionKey(config, sender.sessionKey());
    long base = sender.messageIndex();
    List<MegolmMessage> sent = new ArrayList<>();
    List<byte[]> plaintexts = new ArrayList<>();
    long firstKnown = base;
    TreeSet<Long> opened = new TreeSet<>();

    for (int step = 0; step < STEPS; step++) {
      String context = "seed " + seed + " step " + step;
      int choice = random.nextInt(10);
      if (choice < 4 || sent.isEmpty()) {
        byte[] plaintext = new byte[random.nextInt(60)];
        random.nextBytes(plaintext);
        sent.add(sender.encrypt(plaintext));
        plaintexts.add(plaintext);
      } else if (choice == 4 && random.nextInt(5) == 0) {
        firstKnown = Math.max(firstKnown, base + random.nextInt(sent.size()));
        receiver.advanceTo(firstKnown);
      } else if (choice < 8) {
        int place = random.nextInt(sent.size());
        boolean readable = base + place >= firstKnown;
        boolean fresh = readable && opened.add(base + place);
        requireOutcome(receiver, sent.get(place), fresh, plaintexts.get(place), context);
        requireReread(receiver, sent.get(place), readable, plaintexts.get(place), context);
      } else {
        byte[] flipped = sent.get(random.nextInt(sent.size())).bytes();
        int bit = random.nextInt(flipped.length * 8);
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        requireRefused(receiver, flipped, context);
      }
      assertThat(receiver.firstKnownIndex()).as(context).isEqualTo(firstKnown);
      assertThat(receiver.missing()).as(context).isEqualTo(missing(opened, firstKnown));
    }
    assertThat(opened).as("seed " + seed).hasSizeGreaterThan(20);
  }

  /** Sent within {@value #STEPS} steps: fewer gaps than a session records. */
  private static List<IndexRange> missing(SortedSet<Long> opened, long firstKnown) {
    List<Long> missing = new ArrayList<>();
    for (long index = firstKnown; !opened.isEmpty() && index < opened.last(); index++) {
      if (!opened.contains(index)) {
        missing.add(index);
      }
    }
    return IndexRange.of(missing);
  }

  /** Reading again answers the same as ever, and leaves the record as it is. */
  private static void requireReread(
      InboundGroupSession receiver,
      MegolmMessage message,
      boolean readable,
      byte[] plaintext,
      String context)
      throws CryptoException {
    if (readable) {
      var before = receiver.missing();
      assertThat(receiver.reread(message).plaintext()).as(context).isEqualTo(plaintext);
      assertThat(receiver.missing()).as(context).isEqualTo(before);
    } else {
      assertThatThrownBy(() -> receiver.reread(message))
          .as(context)
          .isInstanceOf(UnknownMessageIndexException.class);
    }
  }

  private static void requireOutcome(
      InboundGroupSession receiver,
      MegolmMessage message,
      boolean readable,
      byte[] plaintext,
      String context)
      throws CryptoException {
    if (readable) {
      DecryptedMessage read = receiver.decrypt(message);
      assertThat(read.plaintext()).as(context).isEqualTo(plaintext);
      assertThat(read.messageIndex()).as(context).isEqualTo(message.messageIndex());
    } else {
      requireRefused(receiver, message.bytes(), context);
    }
  }

  private static void requireRefused(InboundGroupSession receiver, byte[] message, String context) {
    byte[] before = Snapshot.of(receiver);
    boolean accepted = false;
    try {
      receiver.decrypt(MegolmMessage.parse(message));
      accepted = true;
    } catch (CryptoException refused) {
      assertThat(Snapshot.of(receiver)).as(context).isEqualTo(before);
    }
    assertThat(accepted).as(context).isFalse();
  }

  /** Starts shortly before an edge, where parts of the ratchet are replaced. */
  private static OutboundGroupSession sender(SessionConfig config, Random random) {
    FixedRandom keys = new FixedRandom(random.nextLong());
    long[] edges = {0x20, 0x100, 0x1_0000, 0x100_0000, 0x8000_0000L, 0xffff_0000L};
    long start = edges[random.nextInt(edges.length)] - random.nextInt(0x20);
    return OutboundGroupSession.restore(
        SecretAccess.forPickling(),
        config,
        Ratchet.at(start, keys.next(Ratchet.LENGTH)),
        Ed25519SigningKey.generate(keys));
  }
}
