package io.karst.domain.group;

import static io.karst.domain.group.Scene.ALICE;
import static io.karst.domain.group.Scene.BOB;
import static io.karst.domain.group.Scene.CAROL;
import static io.karst.domain.group.Scene.DAVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaveAndArchiveRulesTest {

  private final Scene scene = Scene.created();

  @Test
  void leavingMakesARotationDueAtOnce() {
    assertThat(scene.decide(new GroupCommand.Leave(CAROL)).events())
        .containsExactly(
            new GroupEvent.MemberLeft(CAROL, scene.now),
            new GroupEvent.RotationDue(RotationReason.MEMBER_LEFT, scene.now, scene.now));
  }

  @Test
  void aSecondLeaverKeepsTheFirstDeadline() {
    var first = new DueRotation(RotationReason.MEMBER_LEFT, scene.now);
    scene.accepts(new GroupCommand.Leave(CAROL));
    scene.later(Duration.ofSeconds(1)).accepts(new GroupCommand.Leave(BOB));

    assertThat(scene.group.due()).containsExactly(first);
  }

  @Test
  void theOnlyOwnerCannotLeaveTheOthers() {
    assertThat(scene.refusal(new GroupCommand.Leave(ALICE))).contains(Reason.LAST_OWNER);
  }

  @Test
  void oneOfTwoOwnersMayLeave() {
    scene.accepts(scene.commit(ALICE, new Change.SetRole(BOB.member(), Role.OWNER)));

    assertThat(scene.refusal(new GroupCommand.Leave(ALICE))).isEmpty();
  }

  @Test
  void theLastMemberEndsTheGroup() {
    scene.accepts(new GroupCommand.Leave(CAROL)).accepts(new GroupCommand.Leave(BOB));

    assertThat(scene.decide(new GroupCommand.Leave(ALICE)).events())
        .containsExactly(
            new GroupEvent.MemberLeft(ALICE, scene.now),
            new GroupEvent.GroupArchived(ALICE, scene.now));
    scene.accepts(new GroupCommand.Leave(ALICE));
    assertThat(scene.group.archived()).isTrue();
    assertThat(scene.group.members()).isEmpty();
  }

  @Test
  void aStrangerCannotTellThatTheGroupExists() {
    assertThat(scene.refusal(new GroupCommand.Leave(DAVE))).contains(Reason.GROUP_NOT_FOUND);
    assertThat(scene.refusal(new GroupCommand.Archive(DAVE))).contains(Reason.GROUP_NOT_FOUND);
    var absent = Scene.beforeCreation();
    assertThat(absent.refusal(new GroupCommand.Leave(ALICE))).contains(Reason.GROUP_NOT_FOUND);
    assertThat(absent.refusal(new GroupCommand.Archive(ALICE))).contains(Reason.GROUP_NOT_FOUND);
  }

  @Test
  void onlyAnOwnerArchives() {
    assertThat(scene.refusal(new GroupCommand.Archive(CAROL))).contains(Reason.ROLE_REQUIRED);
    assertThat(scene.refusal(new GroupCommand.Archive(BOB))).contains(Reason.ROLE_REQUIRED);
    assertThat(scene.decide(new GroupCommand.Archive(ALICE)).events())
        .containsExactly(new GroupEvent.GroupArchived(ALICE, scene.now));
  }

  @Test
  void anArchivedGroupTakesNothingMore() {
    scene.accepts(new GroupCommand.Archive(ALICE));

    assertThat(scene.refusal(new GroupCommand.Archive(ALICE))).contains(Reason.GROUP_ARCHIVED);
    assertThat(scene.refusal(new GroupCommand.Leave(CAROL))).contains(Reason.GROUP_ARCHIVED);
  }

  @Test
  void deliveriesAreRecordedOnceAndInOrder() {
    scene.accepts(scene.commit(BOB));

    assertThat(scene.decide(new GroupCommand.MarkDelivered(2))).isEqualTo(Decision.accept());
    assertThat(scene.decide(new GroupCommand.MarkDelivered(0))).isEqualTo(Decision.accept());
    scene.accepts(new GroupCommand.MarkDelivered(1));
    assertThat(scene.group.epochs().undelivered()).containsExactly(2L);
    assertThat(scene.decide(new GroupCommand.MarkDelivered(1))).isEqualTo(Decision.accept());
    assertThat(scene.decide(new GroupCommand.MarkDelivered(2)).events())
        .containsExactly(new GroupEvent.EpochKeysDelivered(2, scene.now));
    scene.accepts(new GroupCommand.MarkDelivered(2));
    assertThat(scene.group.epochs().undelivered()).isEmpty();
    assertThat(scene.decide(new GroupCommand.MarkDelivered(3))).isEqualTo(Decision.accept());
  }

  @Test
  void keysOfAnArchivedGroupAreStillDelivered() {
    scene.accepts(new GroupCommand.Archive(ALICE)).accepts(new GroupCommand.MarkDelivered(1));

    assertThat(scene.group.epochs().undelivered()).isEmpty();
  }

  @Test
  void theLogsTimeNeverGoesBack() {
    scene.later(Duration.ofSeconds(-10)).accepts(scene.commit(BOB));

    assertThat(scene.group.lastAt()).isEqualTo(Scene.START);
    assertThat(scene.group.epochs().previous().acceptedUntil())
        .isEqualTo(Scene.START.plus(Scene.GRACE));
  }

  @Test
  void decisionsAreDatedInWholeMilliseconds() {
    scene.later(Duration.ofNanos(2_999_999)).accepts(scene.commit(BOB));

    assertThat(scene.group.lastAt()).isEqualTo(Scene.START.plusMillis(2));
  }

  @Test
  void aGroupOfOneMemberWorks() {
    var alone = Scene.beforeCreation();
    alone.accepts(alone.proposals.create(alone.group.id(), ALICE, Policy.DEFAULT, Map.of()));

    assertThat(alone.group.members()).containsExactly(Map.entry(ALICE.member(), Role.OWNER));
    assertThat(alone.refusal(alone.commit(ALICE))).isEmpty();
  }
}
