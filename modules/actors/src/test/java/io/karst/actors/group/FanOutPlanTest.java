package io.karst.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.id.MemberId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FanOutPlanTest {

  private static final int TELLING_MAX = 3;
  private static final int MEMBERS = 7;

  private final FanOutPlan plan = new FanOutPlan(TELLING_MAX);
  private final TestGroup group = new TestGroup(
      "fanned",
      IntStream.range(0, MEMBERS).mapToObj(i -> TestDevice.of("m" + i)).toList());

  @Test
  void tellsNoMoreMembersAtATimeThanAllowed() {
    plan.admit(started(1));
    assertThat(plan.next()).hasSize(TELLING_MAX);
    assertThat(plan.next()).isEmpty();
    plan.taken(member(0), 1);
    assertThat(plan.next()).extracting(FanOutPlan.Telling::member).containsExactly(member(3));
  }

  @Test
  void aMemberThatDoesNotAnswerGivesWayToTheOthers() {
    plan.admit(started(1));
    plan.next();
    assertThat(plan.late(member(0))).isEqualTo(1);
    assertThat(plan.next()).hasSize(1);
    plan.again(member(0));
    plan.taken(member(1), 1);
    plan.taken(member(2), 1);
    plan.taken(member(3), 1);
    assertThat(plan.next())
        .extracting(FanOutPlan.Telling::member)
        .containsExactly(member(4), member(5), member(6));
    plan.taken(member(4), 1);
    assertThat(plan.next()).extracting(FanOutPlan.Telling::member).containsExactly(member(0));
    assertThat(plan.late(member(0))).isEqualTo(2);
  }

  @Test
  void anAnswerThatComesLateCountsAllTheSame() {
    plan.admit(started(1));
    plan.next();
    plan.late(member(0));
    plan.taken(member(0), 1);
    plan.again(member(0));
    assertThat(plan.next()).extracting(FanOutPlan.Telling::member).doesNotContain(member(0));
  }

  @Test
  void takesEpochsInOrderOnlyAndNoMoreThanThereIsRoomFor() {
    plan.admit(started(2));
    assertThat(plan.next()).isEmpty();
    plan.owe(0, 20);
    assertThat(plan.room()).isEqualTo(FanOutPlan.EPOCHS_MAX);
    LongStream.rangeClosed(1, 20).forEach(epoch -> plan.admit(started(epoch)));
    assertThat(plan.admitted()).isEqualTo(FanOutPlan.EPOCHS_MAX);
    assertThat(plan.room()).isZero();
  }

  @Test
  void whatWasDeliveredIsNotOwed() {
    plan.owe(4, 5);
    assertThat(plan.room()).isEqualTo(1);
    plan.admit(started(5));
    assertThat(plan.room()).isZero();
    assertThat(plan.next()).allMatch(telling -> telling.command().epoch() == 5);
  }

  /** Answers, losses and late answers in any order: each member hears each epoch, in order. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void everyMemberTakesEveryEpochInOrder(long seed) {
    var random = new Random(seed);
    long epochs = 20;
    Map<MemberId, Long> taken = new HashMap<>();
    var complete = new ArrayList<Long>();
    var told = new ArrayList<FanOutPlan.Telling>();
    var silent = new ArrayList<MemberId>();
    plan.owe(0, epochs);
    for (int step = 0; step < 100_000 && complete.size() < epochs; step++) {
      while (plan.room() > 0) {
        plan.admit(started(plan.admitted() + 1));
      }
      told.addAll(plan.next());
      assertThat(told).as("seed %d step %d", seed, step).hasSizeLessThanOrEqualTo(TELLING_MAX);
      if (!told.isEmpty() && random.nextBoolean()) {
        var telling = told.remove(random.nextInt(told.size()));
        if (random.nextInt(3) == 0) {
          plan.late(telling.member());
          silent.add(telling.member());
        } else {
          long before = taken.merge(telling.member(), 1L, Long::sum);
          assertThat(telling.command().epoch()).as("seed %d", seed).isEqualTo(before);
          complete.addAll(plan.taken(telling.member(), telling.command().epoch()));
        }
      } else if (!silent.isEmpty()) {
        plan.again(silent.remove(random.nextInt(silent.size())));
      }
    }
    List<Long> all = LongStream.rangeClosed(1, epochs).boxed().toList();
    assertThat(complete).as("seed %d", seed).isEqualTo(all);
    assertThat(taken.values()).as("seed %d", seed).hasSize(MEMBERS).containsOnly(epochs);
  }

  private MemberId member(int index) {
    return group.devices().get(index).member();
  }

  private EpochStarted started(long epoch) {
    var signed = epoch == 1 ? group.create().manifest() : group.commit(epoch).manifest();
    return new EpochStarted(
        signed,
        group.devices().stream().map(device -> device.sealed(epoch)).toList(),
        Instant.EPOCH);
  }
}
