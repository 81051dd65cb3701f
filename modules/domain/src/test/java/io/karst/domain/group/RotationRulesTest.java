package io.karst.domain.group;

import static io.karst.domain.group.Scene.ALICE;
import static io.karst.domain.group.Scene.BOB;
import static io.karst.domain.group.Scene.CAROL;
import static io.karst.domain.group.Scene.DAVE;
import static io.karst.domain.group.Scene.START;
import static io.karst.domain.group.Scene.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Fake;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes a rotation due, and what follows from it. */
class RotationRulesTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Scene scene = Scene.created();

  @Test
  void aReportedCompromiseStopsTheEpochAtOnce() {
    scene.sends(BOB, 0);

    assertThat(scene.decide(new GroupCommand.ReportCompromise(CAROL)).events())
        .containsExactly(
            new GroupEvent.CompromiseReported(CAROL, START),
            new GroupEvent.RotationDue(RotationReason.COMPROMISE, START, START));
    scene.accepts(new GroupCommand.ReportCompromise(CAROL));
    assertThat(sent(1)).isEqualTo(rejected(Reason.ROTATION_REQUIRED));
  }

  @Test
  void aSecondReportBeforeTheRotationChangesNothing() {
    scene.accepts(new GroupCommand.ReportCompromise(CAROL));

    assertThat(scene.decide(new GroupCommand.ReportCompromise(BOB))).isEqualTo(Decision.accept());
  }

  @Test
  void aCompromisedEpochHasNoGrace() {
    scene.sends(BOB, 0).accepts(new GroupCommand.ReportCompromise(CAROL));
    scene.accepts(scene.commit(ALICE));

    assertThat(scene.group.epochs().previous().acceptedUntil()).isEqualTo(START);
    assertThat(scene.appends(BOB, List.of(), envelope(BOB, 1, 1)))
        .containsExactly(rejected(Reason.STALE_EPOCH));
    assertThat(scene.group.due()).isEmpty();
  }

  @Test
  void strangersReportNothingAndSetNothing() {
    assertThat(scene.refusal(new GroupCommand.ReportCompromise(DAVE)))
        .contains(Reason.GROUP_NOT_FOUND);
    assertThat(scene.refusal(new GroupCommand.SetPolicy(DAVE, Policy.DEFAULT)))
        .contains(Reason.GROUP_NOT_FOUND);
  }

  @Test
  void adminsSetThePolicyAndMembersDoNot() {
    var strict = new Policy(Duration.ZERO, DAY, 5);
    assertThat(scene.refusal(new GroupCommand.SetPolicy(CAROL, strict)))
        .contains(Reason.ROLE_REQUIRED);
    scene.accepts(new GroupCommand.SetPolicy(BOB, strict));

    assertThat(scene.group.policy()).isEqualTo(strict);
    assertThat(scene.decide(new GroupCommand.SetPolicy(BOB, strict))).isEqualTo(Decision.accept());
  }

  @Test
  void anEpochIsDueAnHourBeforeItIsTooOld() {
    scene.sends(BOB, 0).accepts(new GroupCommand.SetPolicy(ALICE, aged(DAY)));
    scene.later(DAY.minus(HOUR).minusMillis(1));
    assertThat(sent(1)).isInstanceOf(Decision.Outcome.Taken.class);
    assertThat(scene.group.due()).isEmpty();

    scene.later(Duration.ofMillis(1));
    assertThat(sent(2)).isInstanceOf(Decision.Outcome.Taken.class);
    assertThat(scene.group.due())
        .containsExactly(new DueRotation(RotationReason.AGE, START.plus(DAY)));
  }

  @Test
  void aShortLivedEpochIsDueForTheLastTenthOfItsLife() {
    scene.sends(BOB, 0).accepts(new GroupCommand.SetPolicy(ALICE, aged(Duration.ofMinutes(10))));
    scene.later(Duration.ofMinutes(9));
    sent(1);

    assertThat(scene.group.isDue(RotationReason.AGE)).isTrue();
  }

  @Test
  void nothingIsTakenUnderAKeyThatIsTooOldEvenAfterASleep() {
    scene.sends(BOB, 0).accepts(new GroupCommand.SetPolicy(ALICE, aged(DAY)));
    scene.later(DAY.multipliedBy(30));

    assertThat(sent(1)).isEqualTo(rejected(Reason.ROTATION_REQUIRED));
    assertThat(scene.group.due())
        .containsExactly(new DueRotation(RotationReason.AGE, START.plus(DAY)));
    scene.accepts(scene.commit(CAROL));
    assertThat(scene.group.isOverdue(scene.now)).isFalse();
  }

  @Test
  void aStrangerWhoSendsMakesNothingDue() {
    scene.sends(BOB, 0).accepts(new GroupCommand.SetPolicy(ALICE, aged(DAY))).later(DAY);
    scene.appends(DAVE, List.of(), envelope(DAVE, 1, 0));

    assertThat(scene.group.due()).isEmpty();
  }

  @Test
  void tooManyMessagesMakeARotationDueInAMinute() {
    var policy = new Policy(Scene.GRACE, DAY, 1);
    scene.accepts(new GroupCommand.SetPolicy(ALICE, policy));
    scene.sends(BOB, 0);
    sent(1);
    sent(2);
    assertThat(scene.group.due()).isEmpty();

    assertThat(sent(3)).isInstanceOf(Decision.Outcome.Taken.class);
    assertThat(scene.group.due())
        .containsExactly(new DueRotation(RotationReason.VOLUME, START.plusSeconds(60)));
    scene.later(Duration.ofMillis(59_999));
    assertThat(sent(4)).isInstanceOf(Decision.Outcome.Taken.class);
    scene.later(Duration.ofMillis(1));
    assertThat(sent(5)).isEqualTo(rejected(Reason.ROTATION_REQUIRED));
  }

  @Test
  void messagesInGraceDoNotCountAgainstTheNewEpoch() {
    scene.sends(BOB, 0).accepts(scene.commit(ALICE));
    scene.appends(BOB, List.of(), envelope(BOB, 1, 1));

    assertThat(scene.group.epoch().messages()).isZero();
    assertThat(scene.group.epochs().previous().messages()).isOne();
  }

  @Test
  void theRotationNamesTheReasonWithTheEarliestDeadline() {
    scene.sends(BOB, 0).accepts(new GroupCommand.SetPolicy(ALICE, aged(DAY)));
    scene.later(DAY.minus(HOUR));
    sent(1);
    assertThat(reasonOf(scene.commit(ALICE))).isEqualTo(RotationReason.AGE);
    scene.accepts(new GroupCommand.Leave(CAROL));
    assertThat(reasonOf(scene.commit(ALICE))).isEqualTo(RotationReason.MEMBER_LEFT);

    assertThat(scene.refusal(scene.commit(ALICE))).isEmpty();
  }

  @Test
  void anArchivedGroupTakesNoReportAndNoPolicy() {
    scene.accepts(new GroupCommand.Archive(ALICE));

    assertThat(scene.refusal(new GroupCommand.ReportCompromise(BOB)))
        .contains(Reason.GROUP_ARCHIVED);
    assertThat(scene.refusal(new GroupCommand.SetPolicy(ALICE, Policy.DEFAULT)))
        .contains(Reason.GROUP_ARCHIVED);
  }

  private static Policy aged(Duration ageMax) {
    return new Policy(Scene.GRACE, ageMax, 100);
  }

  private static RotationReason reasonOf(GroupCommand.Commit commit) {
    return commit.manifest().manifest().reason();
  }

  private Decision.Outcome sent(long index) {
    long epoch = scene.group.epoch().number();
    return scene
        .appends(BOB, List.of(Fake.binding(BOB, epoch)), envelope(BOB, epoch, index))
        .get(0);
  }

  private static Decision.Outcome rejected(Reason reason) {
    return new Decision.Outcome.Rejected(reason);
  }
}
