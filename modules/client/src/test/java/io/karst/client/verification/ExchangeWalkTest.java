package io.karst.client.verification;

import static io.karst.client.verification.Side.party;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.verification.VerificationState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two sides on a line that loses, repeats, reorders and forges, with people who err or do not. */
class ExchangeWalkTest {

  private static final long SEED = Long.getLong("karst.seed", 20_265);
  private static final int WALKS = 3_000;
  private static final int STEPS = 24;

  private int verified;

  @Test
  void nobodyEndsVerifiedUnlessBothConfirmedAndItKnowsTheOtherRightly() {
    System.out.println("seed " + SEED);
    var dice = new Random(SEED);
    for (int walk = 0; walk < WALKS; walk++) {
      walk(dice);
    }
    assertThat(verified).as("walks that ended well").isGreaterThan(WALKS / 50);
  }

  private void walk(Random dice) {
    Party ann = party("ann", 10);
    Party bob = party("bob", 20);
    boolean attacked = dice.nextInt(4) == 0;
    Party believed = attacked ? party("bob", 60) : bob;
    var one = new Walker(Side.asking(ann, believed));
    var other = new Walker(Side.offered(bob, ann));
    boolean rough = dice.nextInt(3) == 0;
    for (int step = 0; step < STEPS; step++) {
      Walker from = dice.nextBoolean() ? one : other;
      Walker to = from == one ? other : one;
      if (rough && dice.nextInt(8) == 0) {
        disturb(dice, from, to);
      } else {
        goOn(dice, from, to);
      }
      one.check(attacked, other);
      other.check(false, one);
    }
    if (one.isVerified() && other.isVerified()) {
      verified++;
    }
  }

  private static void goOn(Random dice, Walker from, Walker to) {
    switch (dice.nextInt(3)) {
      case 0 -> from.accept();
      case 1 -> from.confirm();
      default -> from.deliver(to);
    }
  }

  private static void disturb(Random dice, Walker from, Walker to) {
    switch (dice.nextInt(6)) {
      case 0 -> from.lose();
      case 1 -> from.repeat(dice, to);
      case 2 -> from.deny();
      case 3 -> to.side.hear(new Step.Mac(2, Side.filled(dice.nextInt(100))));
      case 4 -> to.side.hear(new Step.Key(Side.filled(dice.nextInt(100))));
      default -> from.late();
    }
  }

  /** A side with what it has done and said. */
  private static final class Walker {

    private final Side side;
    private final List<Step> past = new ArrayList<>();
    private boolean confirmed;
    private VerificationState last;

    Walker(Side side) {
      this.side = side;
      this.last = side.state();
    }

    void accept() {
      side.say(side.exchange().accept());
    }

    void confirm() {
      confirmed |= side.state() instanceof VerificationState.Comparing;
      side.say(side.exchange().confirm());
    }

    void deny() {
      side.say(side.exchange().deny());
    }

    void late() {
      Instant late = Side.NOW.plus(Duration.ofMinutes(11));
      side.say(side.exchange().tick(late));
    }

    void deliver(Walker to) {
      if (side.hasSaid()) {
        Step step = side.next();
        past.add(step);
        to.side.hear(step);
      }
    }

    void lose() {
      if (side.hasSaid()) {
        past.add(side.next());
      }
    }

    void repeat(Random dice, Walker to) {
      if (!past.isEmpty()) {
        to.side.hear(past.get(dice.nextInt(past.size())));
      }
    }

    boolean isVerified() {
      return side.state() instanceof VerificationState.Verified;
    }

    void check(boolean deceived, Walker other) {
      VerificationState state = side.state();
      if (last.isEnd()) {
        assertThat(state).as("an end is final").isEqualTo(last);
      }
      if (isVerified()) {
        assertThat(confirmed && other.confirmed).as("both have confirmed").isTrue();
        assertThat(deceived).as("who knows false keys").isFalse();
      }
      last = state;
    }
  }
}
