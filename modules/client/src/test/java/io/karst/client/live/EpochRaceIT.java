package io.karst.client.live;

import static io.karst.client.live.Live.SERVER;
import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.GroupMember;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Receipt;
import io.karst.domain.group.Role;
import io.karst.wire.v1.GroupServiceGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Epochs change under the feet of those who speak and commit. */
class EpochRaceIT {

  private static final Policy NO_GRACE = new Policy(Duration.ZERO);

  private static final Policy LONG_GRACE = new Policy(Policy.GRACE_MAX);

  private static final int ROTATIONS = 4;
  private static final int MESSAGES = 60;

  @Test
  void ofTwoCommitsAtOnceOneWinsAndTheOtherIsMadeOnTopOfIt() {
    try (Road road = Road.to(SERVER);
        Person ann = Person.register("ann");
        Person bob = Person.register("bob", road);
        Person cem = Person.register("cem");
        Person dan = Person.register("dan")) {
      GroupChannel annes =
          get(ann.device().createGroup("friends", Map.of(bob.id(), Role.ADMIN), Policy.DEFAULT));
      GroupChannel bobs = bob.group(annes.id());
      road.hold(GroupServiceGrpc.getCommitMethod());
      CompletableFuture<Long> second = bobs.add(dan.id());
      road.awaitHeld(GroupServiceGrpc.getCommitMethod());
      assertThat(get(annes.add(cem.id()))).isEqualTo(2);
      road.release(GroupServiceGrpc.getCommitMethod());
      assertThat(get(second)).isEqualTo(3);
      assertThat(road.carried(GroupServiceGrpc.getCommitMethod())).isEqualTo(2);
      assertThat(get(annes.members()).stream().map(GroupMember::id))
          .containsExactlyInAnyOrder(ann.id(), bob.id(), cem.id(), dan.id());
      try (Ear danHears = Ear.of(dan.group(annes.id()));
          Ear cemHears = Ear.of(cem.group(annes.id()))) {
        get(annes.send("from ann"));
        get(bobs.send("from bob"));
        assertThat(danHears.texts(2)).containsExactly("from ann", "from bob");
        assertThat(cemHears.texts(2)).containsExactly("from ann", "from bob");
      }
    }
  }

  @Test
  void aMessageOfAnEpochThatIsOverIsEncryptedAnewAndArrivesOnceInItsPlace() {
    try (Road road = Road.to(SERVER);
        Person ann = Person.register("ann");
        Person bob = Person.register("bob", road)) {
      GroupChannel annes =
          get(ann.device().createGroup("friends", Map.of(bob.id(), Role.MEMBER), NO_GRACE));
      GroupChannel bobs = bob.group(annes.id());
      try (Ear annHears = Ear.of(annes)) {
        get(bobs.send("one"));
        road.hold(GroupServiceGrpc.getAppendMethod());
        CompletableFuture<Receipt> second = bobs.send("two");
        road.awaitHeld(GroupServiceGrpc.getAppendMethod());
        CompletableFuture<Receipt> third = bobs.send("three");
        assertThat(get(annes.rotate())).isEqualTo(2);
        road.release(GroupServiceGrpc.getAppendMethod());
        assertThat(get(second).offset()).isLessThan(get(third).offset());
        get(bobs.send("four"));
        assertThat(annHears.textsUpTo("four")).containsExactly("one", "two", "three", "four");
        assertThat(epochs(annHears)).containsExactly(1L, 2L, 2L, 2L);
        assertThat(annHears.all()).noneMatch(ChannelEvent.Unreadable.class::isInstance);
      }
    }
  }

  @Test
  void aMessageThatCrossesANewEpochWithinTheGraceIsReadUnderItsOwn() {
    try (Road road = Road.to(SERVER);
        Person ann = Person.register("ann");
        Person bob = Person.register("bob", road)) {
      GroupChannel annes =
          get(ann.device().createGroup("friends", Map.of(bob.id(), Role.MEMBER), LONG_GRACE));
      GroupChannel bobs = bob.group(annes.id());
      try (Ear annHears = Ear.of(annes)) {
        road.hold(GroupServiceGrpc.getAppendMethod());
        CompletableFuture<Receipt> crossing = bobs.send("crossing");
        road.awaitHeld(GroupServiceGrpc.getAppendMethod());
        long epoch = get(annes.rotate());
        get(annes.send("after"));
        assertThat(annHears.text()).isEqualTo("after");
        road.release(GroupServiceGrpc.getAppendMethod());
        get(crossing);
        ChannelEvent.Message message = annHears.message();
        assertThat(Ear.text(message)).isEqualTo("crossing");
        assertThat(message.epoch()).isEqualTo(epoch - 1);
      }
    }
  }

  @Test
  void whoSpeaksWhileOthersRotateIsHeardOnceAndInOrder() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Person cem = Person.register("cem")) {
      GroupChannel annes = get(ann.device()
          .createGroup("friends", Map.of(bob.id(), Role.MEMBER, cem.id(), Role.MEMBER), NO_GRACE));
      GroupChannel bobs = bob.group(annes.id());
      try (Ear cemHears = Ear.of(cem.group(annes.id()))) {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int rotation = 0; rotation < ROTATIONS; rotation++) {
          CompletableFuture<Long> rotated = annes.rotate();
          for (int i = 0; i < MESSAGES / ROTATIONS; i++) {
            receipts.add(bobs.send("m" + receipts.size()));
          }
          get(rotated);
        }
        receipts.forEach(Live::get);
        assertThat(cemHears.texts(MESSAGES))
            .isEqualTo(IntStream.range(0, MESSAGES).mapToObj(i -> "m" + i).toList());
        assertThat(cemHears.all()).noneMatch(ChannelEvent.Unreadable.class::isInstance);
        assertThat(annes.epoch()).isEqualTo(1 + ROTATIONS);
      }
    }
  }

  private static List<Long> epochs(Ear ear) {
    return ear.all().stream()
        .filter(ChannelEvent.Message.class::isInstance)
        .map(event -> ((ChannelEvent.Message) event).epoch())
        .toList();
  }
}
