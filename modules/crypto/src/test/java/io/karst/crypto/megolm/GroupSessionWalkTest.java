package io.karst.crypto.megolm;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random deliveries of a group session: any order, loss, repetition, and flipped bits.
 *
 * <p>The model is one number, the first known index. To replay a failure, put its seed in
 * {@code @ValueSource}.
 */
class GroupSessionWalkTest {

  private static final int STEPS = 300;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void whateverArrivesIsReadFromTheFirstKnownIndexOn(long seed) throws Exception {
    Random random = new Random(seed);
    SessionConfig config = random.nextBoolean() ? SessionConfig.V1 : SessionConfig.V2;
    OutboundGroupSession sender = sender(config, random);
    InboundGroupSession receiver = InboundGroupSession.fromSessionKey(config, sender.sessionKey());
    long base = sender.messageIndex();
    List<MegolmMessage> sent = new ArrayList<>();
    List<byte[]> plaintexts = new ArrayList<>();
    long firstKnown = base;

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
        requireOutcome(receiver, sent.get(place), readable, plaintexts.get(place), context);
      } else {
        byte[] flipped = sent.get(random.nextInt(sent.size())).bytes();
        int bit = random.nextInt(flipped.length * 8);
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        requireRefused(receiver, flipped, context);
      }
      assertThat(receiver.firstKnownIndex()).as(context).isEqualTo(firstKnown);
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
