package io.karst.crypto.olm;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two devices talk over a network that delays, reorders, loses, repeats and damages messages.
 *
 * <p>{@link OlmModel} predicts refusals as well as deliveries. To replay a failure, put its seed in
 * {@code @ValueSource}.
 */
class OlmSessionWalkTest {

  private static final int STEPS = 700;
  private static final int BURST_MAX = 70;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void bothEndsOpenExactlyWhatTheModelSays(long seed) throws Exception {
    new Walk(seed).run();
  }

  /** One device's end, and what is under way to it. */
  private static final class End {
    private final OlmSession session;
    private final OlmModel model;
    private final List<OlmModel.Sent> underWay = new ArrayList<>();

    End(OlmSession session, OlmModel model) {
      this.session = session;
      this.model = model;
    }
  }

  private static final class Walk {

    private final long seed;
    private final Random random;
    private final End alice;
    private final End bob;
    private int opened;
    private int refused;

    Walk(long seed) throws CryptoException {
      this.seed = seed;
      this.random = new Random(seed);
      FixedRandom keys = new FixedRandom(seed);
      SessionConfig config = random.nextBoolean() ? SessionConfig.V1 : SessionConfig.V2;
      Account accountOfAlice = Account.create(keys);
      Account accountOfBob = Account.create(keys);
      var oneTimeKey = accountOfBob.generateOneTimeKeys(1).created().get(0);
      OlmSession outbound = accountOfAlice.createOutboundSession(
          config, accountOfBob.identityKeys().curve25519(), oneTimeKey);
      PreKeyMessage first = (PreKeyMessage) outbound.encrypt(new byte[0]);
      OlmSession inbound = accountOfBob
          .createInboundSession(config, accountOfAlice.identityKeys().curve25519(), first)
          .session();
      alice = new End(outbound, new OlmModel());
      bob = new End(inbound, OlmModel.responder(first.normal().ratchetKey()));
      OlmModel.Sent sent = alice.model.sent(first.normal(), new byte[0]);
      assertThat(bob.model.receives(sent)).isTrue();
    }

    void run() throws CryptoException {
      for (int step = 0; step < STEPS; step++) {
        boolean toBob = random.nextBoolean();
        End from = toBob ? alice : bob;
        End to = toBob ? bob : alice;
        String context = "seed " + seed + " step " + step;
        switch (random.nextInt(8)) {
          case 0, 1 -> send(from, to, 1);
          case 2 -> send(from, to, random.nextInt(4) == 0 ? random.nextInt(BURST_MAX) : 2);
          case 3 -> damage(to, context);
          default -> deliver(to, context);
        }
      }
      assertThat(opened).as("seed %d", seed).isGreaterThan(50);
      assertThat(refused).as("seed %d", seed).isGreaterThan(10);
    }

    private void send(End from, End to, int count) throws CryptoException {
      for (int i = 0; i < count; i++) {
        byte[] plaintext = new byte[random.nextInt(40)];
        random.nextBytes(plaintext);
        OlmMessage message = from.session.encrypt(plaintext);
        to.underWay.add(from.model.sent(message.normal(), plaintext));
      }
    }

    private void deliver(End to, String context) throws CryptoException {
      if (to.underWay.isEmpty()) {
        return;
      }
      int newest = to.underWay.size() - 1;
      int place = random.nextBoolean() ? newest : random.nextInt(newest + 1);
      boolean again = random.nextInt(10) == 0;
      OlmModel.Sent sent = again ? to.underWay.get(place) : to.underWay.remove(place);
      byte[] before = Snapshot.of(to.session);
      boolean expected = to.model.receives(sent);
      try {
        assertThat(to.session.decrypt(sent.message())).as(context).isEqualTo(sent.plaintext());
        assertThat(expected).as(context).isTrue();
        opened++;
      } catch (CryptoException e) {
        assertThat(expected).as("%s: %s", context, e.getMessage()).isFalse();
        assertThat(Snapshot.of(to.session)).as(context).isEqualTo(before);
        refused++;
      }
    }

    private void damage(End to, String context) {
      if (to.underWay.isEmpty()) {
        return;
      }
      OlmModel.Sent sent = to.underWay.get(random.nextInt(to.underWay.size()));
      byte[] damaged = sent.message().bytes();
      int bit = random.nextInt(damaged.length * 8);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      byte[] before = Snapshot.of(to.session);
      boolean accepted = false;
      try {
        to.session.decrypt(OlmMessage.parse(OlmMessage.NORMAL_TYPE, damaged));
        accepted = true;
      } catch (CryptoException e) {
        assertThat(Snapshot.of(to.session)).as(context).isEqualTo(before);
      }
      assertThat(accepted).as(context).isFalse();
    }
  }
}
