package io.karst.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.GroupModel;
import io.karst.domain.walk.GroupWalk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random walks beside the model. To replay a failure, put its seed in {@code @ValueSource}. */
class GroupWalkTest {

  private static final int STEPS = 2_500;

  private static final Set<Reason> REASONS = EnumSet.of(
      Reason.MEMBER_NOT_FOUND,
      Reason.DEVICE_NOT_FOUND,
      Reason.EPOCH_UNKNOWN,
      Reason.HISTORY_FORBIDDEN,
      Reason.HISTORY_RANGE_INVALID,
      Reason.GROUP_NOT_FOUND,
      Reason.GROUP_EXISTS,
      Reason.GROUP_ID_MISMATCH,
      Reason.GROUP_FULL,
      Reason.GROUP_ARCHIVED,
      Reason.ROLE_REQUIRED,
      Reason.ALREADY_MEMBER,
      Reason.NO_SUCH_MEMBER,
      Reason.LAST_OWNER,
      Reason.CHANGE_INVALID,
      Reason.STALE_EPOCH,
      Reason.EPOCH_UNKNOWN,
      Reason.COMMIT_REPLAYED,
      Reason.MANIFEST_INVALID,
      Reason.KEY_SUITE_UNSUPPORTED,
      Reason.ROSTER_MISMATCH,
      Reason.SEALED_KEYS_MISMATCH,
      Reason.DEVICE_NOT_IN_ROSTER,
      Reason.DEVICE_REVOKED,
      Reason.ROTATION_REQUIRED,
      Reason.SENDER_FORGED,
      Reason.SESSION_UNKNOWN,
      Reason.SESSION_CONFLICT,
      Reason.INDEX_DUPLICATE,
      Reason.INDEX_TOO_OLD,
      Reason.CLIENT_ID_CONFLICT);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void agreesWithTheModelAtEveryStepAndAfterReplay(long seed) {
    var walk = new GroupWalk(seed);
    var journal = new ArrayList<GroupEvent>();
    GroupModel model = null;

    for (int i = 0; i < STEPS; i++) {
      GroupWalk.Step step = walk.step();
      if (model == null || !model.id.equals(step.before().id())) {
        journal.clear();
        model = new GroupModel(step.before().id());
      }
      Decision expected = model.decide(step.command(), step.now());
      assertThat(step.decision())
          .as("seed %d step %d: %s", seed, i, step.command())
          .isEqualTo(expected);
      assertThat(model.differences(step.after())).as("seed %d step %d", seed, i).isEmpty();
      journal.addAll(step.decision().events());
      if (i % 100 == 0 || step.after().archived()) {
        assertThat(replay(step.after(), journal)).as("seed %d", seed).isEqualTo(step.after());
      }
    }
  }

  @Test
  void everyReasonTheRulesCanGiveIsSeen() {
    Set<Reason> seen = EnumSet.noneOf(Reason.class);
    for (long seed : new long[] {1, 2, 3, 5, 8, 13, 21, 34}) {
      var walk = new GroupWalk(seed);
      for (int i = 0; i < STEPS; i++) {
        collect(walk.step().decision(), seen);
      }
    }
    assertThat(seen).isEqualTo(REASONS);
  }

  private static void collect(Decision decision, Set<Reason> seen) {
    if (decision instanceof Decision.Refused refused) {
      seen.add(refused.reason());
    } else if (decision instanceof Decision.Judged judged) {
      judged.outcomes().stream()
          .flatMap(List::stream)
          .filter(Decision.Outcome.Rejected.class::isInstance)
          .forEach(outcome -> seen.add(((Decision.Outcome.Rejected) outcome).reason()));
    }
  }

  private static Group replay(Group live, Iterable<GroupEvent> journal) {
    Group group = Group.empty(live.id());
    for (GroupEvent event : journal) {
      group = group.evolve(event);
    }
    return group;
  }
}
