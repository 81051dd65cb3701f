package io.karst.domain.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.MemberModel;
import io.karst.domain.walk.MemberWalk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random walks beside the model. To replay a failure, put its seed in {@code @ValueSource}. */
class MemberWalkTest {

  private static final int STEPS = 2_500;

  private static final Set<Reason> REASONS = EnumSet.of(
      Reason.TOO_MANY_ITEMS,
      Reason.MEMBER_EXISTS,
      Reason.MEMBER_NOT_FOUND,
      Reason.DEVICE_NOT_FOUND,
      Reason.DEVICE_LIST_INVALID,
      Reason.DEVICE_LIST_STALE,
      Reason.DEVICE_ID_USED,
      Reason.ENROLMENT_INVALID,
      Reason.KEY_INVALID,
      Reason.ONE_TIME_KEY_CONFLICT,
      Reason.ONE_TIME_KEY_USED,
      Reason.ONE_TIME_KEYS_FULL,
      Reason.ACKNOWLEDGEMENT_AHEAD);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void agreesWithTheModelAtEveryStepAndAfterReplay(long seed) {
    var walk = new MemberWalk(seed);
    var model = new MemberModel(new MemberId("alice"));
    var journal = new ArrayList<MemberEvent>();

    for (int i = 0; i < STEPS; i++) {
      MemberWalk.Step step = walk.step();
      assertThat(step.decision())
          .as("seed %d step %d: %s", seed, i, step.command())
          .isEqualTo(model.decide(step.command(), step.now()));
      assertThat(model.differences(step.after())).as("seed %d step %d", seed, i).isEmpty();
      journal.addAll(step.decision().events());
      if (i % 100 == 99) {
        assertThat(replay(step.after(), journal)).as("seed %d", seed).isEqualTo(step.after());
      }
    }
  }

  @Test
  void everyReasonTheRulesCanGiveIsSeen() {
    Set<Reason> seen = EnumSet.noneOf(Reason.class);
    for (long seed : new long[] {1, 2, 3, 5, 8, 13, 21, 34}) {
      var walk = new MemberWalk(seed);
      for (int i = 0; i < STEPS; i++) {
        MemberDecision decision = walk.step().decision();
        if (decision instanceof MemberDecision.Refused refused) {
          seen.add(refused.reason());
        } else if (decision instanceof MemberDecision.Uploaded uploaded) {
          uploaded.refusals().forEach(refusal -> seen.add(refusal.reason()));
        }
      }
    }
    assertThat(seen).isEqualTo(REASONS);
  }

  private static Member replay(Member live, Iterable<MemberEvent> journal) {
    Member member = Member.empty(live.id());
    for (MemberEvent event : journal) {
      member = member.evolve(event);
    }
    return member;
  }
}
