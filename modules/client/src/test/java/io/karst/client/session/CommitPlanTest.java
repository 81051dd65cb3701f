package io.karst.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Change;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitPlanTest {

  private static final MemberId ANN = new MemberId("ann");
  private static final MemberId BOB = new MemberId("bob");
  private static final MemberId CEM = new MemberId("cem");
  private static final Change ADD_CEM = new Change.Add(CEM, Role.MEMBER);
  private static final Change REMOVE_BOB = new Change.Remove(BOB);
  private static final Change PROMOTE_ANN = new Change.SetRole(ANN, Role.ADMIN);

  @Test
  void changesLeadFromMembersToMembers() {
    assertThat(
            CommitPlan.membersAfter(List.of(ANN, BOB), List.of(ADD_CEM, REMOVE_BOB, PROMOTE_ANN)))
        .containsExactly(ANN, CEM);
  }

  @Test
  void theGravestReasonIsGiven() {
    assertThat(CommitPlan.reason(List.of(ADD_CEM, REMOVE_BOB), RotationReason.AGE))
        .isEqualTo(RotationReason.MEMBER_REMOVED);
    assertThat(CommitPlan.reason(List.of(ADD_CEM, PROMOTE_ANN), RotationReason.AGE))
        .isEqualTo(RotationReason.MEMBER_JOINED);
    assertThat(CommitPlan.reason(List.of(PROMOTE_ANN), RotationReason.AGE))
        .isEqualTo(RotationReason.MANUAL);
    assertThat(CommitPlan.reason(List.of(), RotationReason.AGE)).isEqualTo(RotationReason.AGE);
  }

  @Test
  void aRosterAscendsWhateverTheOrderOfTheLists() {
    HandDevice ann = new HandDevice("ann", 1);
    HandDevice bob = new HandDevice("bob", 2);
    assertThat(CommitPlan.roster(List.of(bob.list(), ann.list())))
        .extracting(RosterEntry::member)
        .containsExactly(ANN, BOB);
  }
}
