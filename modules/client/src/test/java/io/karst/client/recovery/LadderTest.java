package io.karst.client.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.recovery.ClimbEvent.Proof;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way up the ladder, rung by rung. */
class LadderTest {

  private static final GroupId GROUP = new GroupId("0123456789abcdef0123456789abcdef");
  private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
  private static final ClimbEvent PASSED = new ClimbEvent.Passed();
  private static final ClimbEvent GIVEN = new ClimbEvent.Given();

  private final List<DeviceAddress> others = new ArrayList<>(IntStream.range(0, 20)
      .mapToObj(i -> DeviceAddress.of("peer-" + i, "phone"))
      .toList());
  private boolean lost = true;
  private boolean newest = true;
  private boolean mayRenew = true;
  private Climb climb = Climb.lost(GROUP, 7, Climb.Loss.UNOPENABLE, NOW);
  private Instant now = NOW;

  @Test
  void aKeyThatDidNotComeIsReadFromTheLogBeforeAnybodyIsAsked() {
    climb = Climb.lost(GROUP, 7, Climb.Loss.ABSENT, NOW);
    for (int i = 0; i < Ladder.LOG_TRIES_MAX; i++) {
      assertThat(due()).containsInstanceOf(ClimbAction.FetchOwnKeys.class);
    }
    assertThat(due()).containsInstanceOf(ClimbAction.Ask.class);
  }

  @Test
  void nothingHappensBeforeItIsDue() {
    Step step = Ladder.decide(climb, PASSED, outlook());
    assertThat(step).isEqualTo(Step.to(climb));
  }

  @ParameterizedTest
  @EnumSource(Rung.class)
  void anEpochThatOpensEndsEveryClimb(Rung rung) {
    climb = climb.to(rung, NOW);
    lost = false;
    assertThat(Ladder.decide(climb, PASSED, outlook())).isEqualTo(Step.end());
  }

  @Test
  void nobodyIsAskedTwiceAndTheWaitsGrow() {
    List<DeviceAddress> asked = List.of(DeviceAddress.of("nobody", "phone"));
    long before = 0;
    for (int round = 0; round < Ladder.ROUNDS_MAX; round++) {
      ClimbAction.Ask ask = (ClimbAction.Ask) due().orElseThrow();
      assertThat(ask.targets()).hasSize(Ladder.TARGETS_MAX).doesNotContainAnyElementsOf(asked);
      asked = climb.asked();
      long wait = climb.due().toEpochMilli() - now.toEpochMilli();
      assertThat(wait).isGreaterThan(before);
      before = wait;
    }
    assertThat(due()).as("nobody is left to ask").isEmpty();
    assertThat(climb.rung()).isEqualTo(Rung.RENEWAL);
  }

  @Test
  void keysThatOpenEverythingLeadToAnOrdinaryEpoch() {
    ask();
    happen(GIVEN);
    assertThat(due()).containsInstanceOf(ClimbAction.Prove.class);
    happen(new ClimbEvent.Proved(Proof.WHOLE));
    assertThat(due()).contains(new ClimbAction.Renew(false));
  }

  @Test
  void keysOfAnEpochThatHasEndedNeedNoNewOne() {
    ask();
    newest = false;
    happen(GIVEN);
    assertThat(due()).containsInstanceOf(ClimbAction.Prove.class);
    assertThat(Ladder.decide(climb, new ClimbEvent.Proved(Proof.WHOLE), outlook()))
        .isEqualTo(Step.end());
  }

  @Test
  void afterWrongKeysTheNextAreAskedAtOnceAndTheLiarCountsForNobody() {
    now = climb.due();
    for (int round = 0; round < Ladder.ROUNDS_MAX; round++) {
      assertThat(dueNow()).containsInstanceOf(ClimbAction.Ask.class);
      happen(GIVEN);
      assertThat(due()).containsInstanceOf(ClimbAction.Prove.class);
      happen(new ClimbEvent.Proved(Proof.WRONG));
    }
    assertThat(dueNow()).isEmpty();
    assertThat(climb.rung()).as("others may still answer").isEqualTo(Rung.MEMBERS);
    due();
    assertThat(due()).contains(new ClimbAction.Renew(true));
  }

  @Test
  void keysThatCouldNotBeTriedAreTriedLaterThoughOthersWereWrongMeanwhile() {
    ask();
    happen(GIVEN);
    due();
    happen(new ClimbEvent.Proved(Proof.WRONG));
    happen(new ClimbEvent.Proved(Proof.UNTRIED));
    assertThat(due()).containsInstanceOf(ClimbAction.Prove.class);
  }

  @Test
  void keysOfAPartAreKeptAndTheRestIsAskedFor() {
    ask();
    happen(GIVEN);
    due();
    happen(new ClimbEvent.Proved(Proof.PARTIAL));
    assertThat(dueNow()).containsInstanceOf(ClimbAction.Ask.class);
    others.clear();
    due();
    assertThat(due()).as("somebody has keys").contains(new ClimbAction.Renew(false));
  }

  @Test
  void whatDoesNotOpenIsNoAnswer() {
    ask();
    DeviceAddress asked = climb.asked().get(0);
    happen(new ClimbEvent.Useless(DeviceAddress.of("stranger", "phone")));
    assertThat(dueNow()).as("nobody asked the stranger").isEmpty();
    happen(new ClimbEvent.Useless(asked));
    assertThat(dueNow()).containsInstanceOf(ClimbAction.Ask.class);
  }

  @Test
  void whoeverCouldNotBeAskedIsAskedLater() {
    ClimbAction.Ask first = ask();
    happen(new ClimbEvent.NotAsked(Set.copyOf(first.targets()), true));
    assertThat(climb.rounds()).isZero();
    assertThat(dueNow()).isEmpty();
    assertThat(due()).contains(first);
    happen(new ClimbEvent.NotAsked(Set.copyOf(first.targets()), false));
    assertThat(((ClimbAction.Ask) dueNow().orElseThrow()).targets())
        .doesNotContainAnyElementsOf(first.targets());
  }

  @Test
  void whileAQuestionIsOnItsWayNobodyElseIsAskedAndNothingIsGivenUp() {
    others.subList(Ladder.TARGETS_MAX, others.size()).clear();
    now = climb.due();
    ClimbAction.Ask first = (ClimbAction.Ask) happen(PASSED).orElseThrow();
    now = now.plus(Ladder.FAILURE_WAIT_MAX).minusMillis(1);
    assertThat(happen(PASSED)).isEmpty();
    assertThat(climb.rung()).isEqualTo(Rung.MEMBERS);
    happen(new ClimbEvent.Resumed());
    assertThat(happen(PASSED)).as("whether it left, nobody knows").contains(first);
    happen(new ClimbEvent.Asked());
    due();
    assertThat(climb.rung()).isEqualTo(Rung.RENEWAL);
  }

  @Test
  void afterARestartTheLastOnesAreAskedAgain() {
    ask();
    ClimbAction.Ask second = ask();
    happen(new ClimbEvent.Resumed());
    assertThat(dueNow()).contains(second);
    assertThat(climb.rounds()).isEqualTo(2);
  }

  @Test
  void whoIsAloneGivesTheEpochUpSoon() {
    others.clear();
    due();
    assertThat(climb.due()).isBeforeOrEqualTo(now.plus(Ladder.ROTATION_WAIT));
    assertThat(due()).contains(new ClimbAction.Renew(true));
  }

  @Test
  void whoWasNotEntitledAsksAndNothingFollows() {
    climb = Climb.wanted(GROUP, new EpochRange(7, 7), false, NOW);
    for (int round = 0; round < Ladder.ROUNDS_MAX; round++) {
      assertThat(due()).containsInstanceOf(ClimbAction.Ask.class);
    }
    assertThat(Ladder.decide(climb, PASSED, after(climb.due()))).isEqualTo(Step.end());
  }

  @Test
  void noEpochIsGivenUpThatAnotherHasFollowed() {
    others.clear();
    due();
    newest = false;
    assertThat(Ladder.decide(climb, PASSED, outlook())).isEqualTo(Step.end());
  }

  @Test
  void anAnswerThatComesLateStillSavesTheEpoch() {
    others.clear();
    due();
    assertThat(climb.rung()).isEqualTo(Rung.RENEWAL);
    happen(GIVEN);
    due();
    happen(new ClimbEvent.Proved(Proof.WHOLE));
    assertThat(due()).contains(new ClimbAction.Renew(false));
  }

  @Test
  void newEpochsAreTriedABoundedNumberOfTimesAndWithinTheirBudget() {
    others.clear();
    due();
    mayRenew = false;
    assertThat(due()).isEmpty();
    mayRenew = true;
    for (int i = 0; i < Ladder.RENEWALS_MAX; i++) {
      assertThat(due()).contains(new ClimbAction.Renew(true));
    }
    assertThat(Ladder.decide(climb, PASSED, after(climb.due()))).isEqualTo(Step.end());
  }

  @Test
  void aSessionThatBeginsLaterIsAskedForAgainAtTheSameDevices() {
    ClimbAction.Ask first = ask();
    happen(GIVEN);
    due();
    happen(new ClimbEvent.Proved(Proof.WHOLE));
    happen(new ClimbEvent.Missed());
    assertThat(due()).contains(first);
    assertThat(climb.answered()).isTrue();
  }

  @Test
  void lossesAtTheSameTimeAreAskedForTogether() {
    List<Climb> climbs = List.of(climb);
    climbs = Ladder.add(climbs, lost(8));
    climbs = Ladder.add(climbs, lost(9));
    assertThat(climbs).extracting(Climb::epochs).containsExactly(new EpochRange(7, 9));
    climbs = Ladder.add(climbs, lost(8));
    assertThat(climbs).as("known already").hasSize(1);
    climbs = Ladder.add(climbs, lost(12));
    assertThat(climbs).as("others lie between").hasSize(2);
  }

  @Test
  void aClimbThatHasBegunTakesInNothingMore() {
    ask();
    assertThat(Ladder.add(List.of(climb), lost(8)))
        .extracting(Climb::epochs)
        .containsExactly(new EpochRange(7, 7), new EpochRange(8, 8));
  }

  @Test
  void theOldestClimbsAreGivenUpWhenThereAreTooMany() {
    List<Climb> climbs = List.of();
    for (int i = 0; i <= Ladder.CLIMBS_MAX; i++) {
      climbs = Ladder.add(climbs, lost(10 + 2L * i));
    }
    assertThat(climbs).hasSize(Ladder.CLIMBS_MAX);
    assertThat(climbs.get(0).epochs().from()).isEqualTo(12);
  }

  private static Climb lost(long epoch) {
    return Climb.lost(GROUP, epoch, Climb.Loss.UNOPENABLE, NOW);
  }

  private ClimbAction.Ask ask() {
    return (ClimbAction.Ask) due().orElseThrow();
  }

  /** Waits until the climb is due. */
  private Optional<ClimbAction> due() {
    now = climb.due();
    return dueNow();
  }

  /** A question leaves at once. */
  private Optional<ClimbAction> dueNow() {
    Optional<ClimbAction> action = happen(PASSED);
    if (action.filter(ClimbAction.Ask.class::isInstance).isPresent()) {
      happen(new ClimbEvent.Asked());
    }
    return action;
  }

  private Optional<ClimbAction> happen(ClimbEvent event) {
    Step step = Ladder.decide(climb, event, outlook());
    climb = step.next().orElseThrow();
    return step.action();
  }

  private Outlook after(Instant when) {
    now = when;
    return outlook();
  }

  private Outlook outlook() {
    return new Outlook(now, lost, newest, others, mayRenew, 0.5);
  }
}
