package io.karst.client.recovery;

import io.karst.client.recovery.ClimbEvent.Proof;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** One device that lost one epoch, and those whom it may ask, in virtual time. */
final class SmallWorld implements ClimbAction.Cases<Boolean> {

  private static final GroupId GROUP = new GroupId("0123456789abcdef0123456789abcdef");

  /** More than any climb takes: one that needs them does not end. */
  private static final int STEPS_MAX = 2_000;

  /** Sooner than the shortest wait for answers ends. */
  private static final int ANSWER_MILLIS_MAX = 2_500;

  /** The server answers before those who are asked do, or after it. */
  private static final int CALL_MILLIS_MAX = 1_000;

  /** What a device does when it is asked. */
  private enum Manner {
    RIGHT,
    PART,
    WRONG,
    USELESS,
    MUTE
  }

  private record Happening(Instant at, int order, ClimbEvent event, boolean survivesRestart) {}

  private final Random random;
  private final Map<DeviceAddress, Manner> others = new HashMap<>();
  private final List<DeviceAddress> order = new ArrayList<>();
  private final List<DeviceAddress> asked = new ArrayList<>();
  private final PriorityQueue<Happening> coming =
      new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparing(Happening::order));
  private final boolean entitled;
  private final int failing;
  private Optional<Climb> climb;
  private Instant now = Instant.EPOCH;
  private Optional<Manner> best = Optional.empty();
  private int happenings;
  private int failed;
  private int rounds;
  private int misses;
  private int renewals;
  private int proofs;
  private boolean lost = true;
  private boolean newest;
  private boolean newestAtReset = true;
  private boolean reset;
  private boolean givenAtReset;
  private boolean resetUnasked;
  private int restarts;

  SmallWorld(long seed) {
    random = new Random(seed);
    entitled = random.nextInt(5) > 0;
    newest = random.nextInt(4) > 0;
    failing = random.nextInt(4) == 0 ? random.nextInt(6) : 0;
    for (int i = random.nextInt(14); i > 0; i--) {
      DeviceAddress device = DeviceAddress.of("peer-" + i, "phone");
      boolean good = seed % 3 == 0;
      others.put(device, good ? Manner.RIGHT : Manner.values()[random.nextInt(5)]);
      order.add(device);
    }
    Climb.Loss loss = random.nextBoolean() ? Climb.Loss.ABSENT : Climb.Loss.UNOPENABLE;
    Climb begun = Climb.lost(GROUP, 1, loss, now);
    climb = Optional.of(entitled ? begun : Climb.wanted(GROUP, begun.epochs(), false, now));
  }

  void run() {
    for (int step = 0; climb.isPresent(); step++) {
      if (step == STEPS_MAX) {
        throw new AssertionError("the climb does not end: " + climb);
      }
      disturb();
      if (climb.isEmpty()) {
        return;
      }
      Instant due = climb.get().due();
      if (coming.isEmpty() || due.isBefore(coming.peek().at())) {
        now = due.isBefore(now) ? now : due;
        happen(new ClimbEvent.Passed());
      } else {
        Happening next = coming.remove();
        now = next.at().isBefore(now) ? now : next.at();
        happen(next.event());
      }
    }
  }

  private void disturb() {
    int dice = random.nextInt(60);
    if (dice == 0) {
      // A restart: calls that were under way are forgotten, what waits at the server is not.
      coming.removeIf(happening -> !happening.survivesRestart());
      restarts++;
      happen(new ClimbEvent.Resumed());
    } else if (dice == 1) {
      newest = false;
    } else if (dice == 2 && misses < 3) {
      misses++;
      happenLater(new ClimbEvent.Missed(), 1_000, true);
    }
  }

  private void happen(ClimbEvent event) {
    Outlook outlook =
        new Outlook(now, lost, newest, order, random.nextInt(8) > 0, random.nextDouble());
    Step step = Ladder.decide(climb.orElseThrow(), event, outlook);
    climb = step.next();
    step.action().ifPresent(action -> action.match(this));
  }

  private void happenLater(ClimbEvent event, int millisMax, boolean survivesRestart) {
    Instant at = now.plus(Duration.ofMillis(1 + random.nextInt(millisMax)));
    coming.add(new Happening(at, happenings++, event, survivesRestart));
  }

  @Override
  public Boolean fetchOwnKeys(ClimbAction.FetchOwnKeys action) {
    lost = random.nextInt(8) > 0;
    return true;
  }

  @Override
  public Boolean ask(ClimbAction.Ask action) {
    if (failed < failing) {
      failed++;
      // A call that fails is made again for some time.
      happenLater(new ClimbEvent.NotAsked(Set.copyOf(action.targets()), true), 30_000, false);
      return false;
    }
    happenLater(new ClimbEvent.Asked(), CALL_MILLIS_MAX, false);
    rounds++;
    asked.addAll(action.targets());
    action.targets().forEach(this::answer);
    return true;
  }

  private void answer(DeviceAddress device) {
    switch (others.getOrDefault(device, Manner.MUTE)) {
      case RIGHT, PART, WRONG -> happenLater(new ClimbEvent.Given(), ANSWER_MILLIS_MAX, true);
      case USELESS -> happenLater(new ClimbEvent.Useless(device), ANSWER_MILLIS_MAX, true);
      case MUTE -> {}
    }
  }

  /** As good as the best that was given: those who were asked have all answered in time. */
  @Override
  public Boolean prove(ClimbAction.Prove action) {
    proofs++;
    best = asked.stream()
        .map(others::get)
        .filter(manner -> manner.compareTo(Manner.WRONG) <= 0)
        .min(Comparator.naturalOrder());
    Proof proof = switch (best.orElse(Manner.WRONG)) {
      case RIGHT -> Proof.WHOLE;
      case PART -> Proof.PARTIAL;
      case WRONG, USELESS, MUTE -> Proof.WRONG;
    };
    boolean tried = random.nextInt(10) > 0;
    happenLater(new ClimbEvent.Proved(tried ? proof : Proof.UNTRIED), 2_000, false);
    return true;
  }

  @Override
  public Boolean renew(ClimbAction.Renew action) {
    renewals++;
    if (action.reset()) {
      reset = true;
      newestAtReset &= newest;
      resetUnasked |= asked.isEmpty() && !order.isEmpty();
      givenAtReset |= wasGivenRightKeys();
    }
    if (random.nextInt(3) > 0) {
      newest = false;
    }
    return true;
  }

  int rounds() {
    return rounds;
  }

  /** Each restart repeats a round. */
  int roundsMax() {
    return Ladder.ROUNDS_MAX + restarts;
  }

  /** Unless a session began later, for which all may be asked once more, or a device restarted. */
  boolean askedOnce() {
    return misses > 0 || restarts > 0 || asked.size() == Set.copyOf(asked).size();
  }

  int renewals() {
    return renewals;
  }

  /** Each answer, and each session that began later, may lead to the last rung once more. */
  int renewalsMax() {
    return Ladder.RENEWALS_MAX * (1 + proofs + misses);
  }

  int proofs() {
    return proofs;
  }

  boolean entitled() {
    return entitled;
  }

  boolean hasReset() {
    return reset;
  }

  boolean wasNewest() {
    return newestAtReset;
  }

  /** Although there was somebody to ask. */
  boolean wasResetWithoutAQuestion() {
    return resetUnasked;
  }

  boolean wasResetAgainstRightKeys() {
    return givenAtReset;
  }

  boolean wasGivenRightKeys() {
    return best.filter(manner -> manner.compareTo(Manner.PART) <= 0).isPresent();
  }

  boolean everybodyAnswersRightly() {
    return !order.isEmpty() && lost && others.values().stream().allMatch(Manner.RIGHT::equals);
  }
}
