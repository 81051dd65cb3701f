package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karst.client.api.GroupChannel;
import io.karst.client.api.GroupMember;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes that come close together share an epoch, and commits at once have one winner. */
class CoalescingIT {

  private static final int JOINS = 50;
  private static final int LEAVES = 25;

  @Test
  void aHundredJoinsAndLeavesMakeFewEpochs() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Crowd crowd = Crowd.register("churn", JOINS)) {
      GroupChannel annes = ann.create(bob);
      List<CompletableFuture<Long>> joins = crowd.ids().stream().map(annes::add).toList();
      joins.forEach(Live::get);
      assertThat(annes.epoch()).as("50 joins").isLessThanOrEqualTo(4);
      IntStream.range(0, LEAVES).forEach(i -> crowd.leave(i, annes.id()));
      long before = annes.epoch();
      get(annes.send("who is left?"));
      assertThat(annes.epoch()).as("25 who left by themselves").isEqualTo(before + 1);
      List<CompletableFuture<Long>> removals =
          crowd.ids().subList(LEAVES, JOINS).stream().map(annes::remove).toList();
      removals.forEach(Live::get);
      assertThat(annes.epoch()).as("25 removals").isLessThanOrEqualTo(before + 4);
      assertThat(get(annes.members()).stream().map(GroupMember::id))
          .containsExactlyInAnyOrder(ann.id(), bob.id());
      get(annes.send("the two of us"));
      try (Ear bobHears = Ear.of(bob.group(annes.id()))) {
        assertThat(bobHears.textsUpTo("the two of us")).contains("who is left?");
      }
    }
  }

  @Test
  void oneChangeThatCannotBeMadeCostsTheOthersNothing() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Crowd crowd = Crowd.register("mixed", 6)) {
      GroupChannel annes = ann.create(bob);
      List<CompletableFuture<Long>> good = new ArrayList<>();
      crowd.ids().subList(0, 3).forEach(id -> good.add(annes.add(id)));
      CompletableFuture<Long> again = annes.add(bob.id());
      CompletableFuture<Long> nobody = annes.add(new MemberId("nobody-at-all"));
      CompletableFuture<Long> stranger = annes.remove(new MemberId("stranger"));
      CompletableFuture<Long> herself = annes.remove(ann.id());
      crowd.ids().subList(3, 6).forEach(id -> good.add(annes.add(id)));
      good.forEach(Live::get);
      assertThat(reason(again)).isEqualTo(Reason.ALREADY_MEMBER);
      assertThat(reason(nobody)).isEqualTo(Reason.MEMBER_NOT_FOUND);
      assertThat(reason(stranger)).isEqualTo(Reason.NO_SUCH_MEMBER);
      assertThat(reason(herself)).isEqualTo(Reason.CHANGE_INVALID);
      assertThat(get(annes.members())).hasSize(8);
    }
  }

  private static Reason reason(CompletableFuture<Long> refused) {
    return catchThrowableOfType(ServerRefusal.class, () -> get(refused)).reason();
  }
}
