package io.karst.client.live;

import static io.karst.client.live.Live.SERVER;
import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Receipt;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.GroupServiceGrpc;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The line breaks at the worst moment: after the server has acted, before its answer is there. */
class BrokenLineIT {

  @Test
  void aGroupWhoseCreationWasNotAnsweredIsCreatedOnce() {
    try (Road road = Road.to(SERVER);
        Person ann = Person.register("ann", road);
        Person bob = Person.register("bob")) {
      road.lose(Road.Loss.BROKEN, GroupServiceGrpc.getCreateGroupMethod());
      GroupChannel annes = ann.create(bob);
      assertThat(road.carried(GroupServiceGrpc.getCreateGroupMethod())).isEqualTo(2);
      GroupChannel bobs = bob.group(annes.id());
      assertThat(bob.device().groups()).hasSize(1);
      assertThat(ann.device().groups()).hasSize(1);
      assertThat(annes.name()).isEqualTo("friends");
      try (Ear bobHears = Ear.of(bobs)) {
        get(annes.send("hello"));
        get(bobs.send("hello yourself"));
        assertThat(bobHears.texts(2)).containsExactly("hello", "hello yourself");
      }
    }
  }

  @Test
  void aCommitThatWasNotAnsweredCountsOnce() {
    try (Road road = Road.to(SERVER);
        Person ann = Person.register("ann", road);
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create();
      road.lose(Road.Loss.BROKEN, GroupServiceGrpc.getCommitMethod());
      assertThat(get(annes.add(bob.id()))).isEqualTo(2);
      assertThat(road.carried(GroupServiceGrpc.getCommitMethod())).isEqualTo(2);
      try (Ear bobHears = Ear.of(bob.group(annes.id()))) {
        get(annes.send("hello"));
        ChannelEvent.Message message = bobHears.message();
        assertThat(Ear.text(message)).isEqualTo("hello");
        assertThat(message.epoch()).isEqualTo(2);
      }
    }
  }

  @Test
  void aMessageThatWasNotAnsweredIsInTheLogOnce() {
    try (Road road = Road.to(SERVER);
        Person ann = Person.register("ann", road);
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create(bob);
      try (Ear bobHears = Ear.of(bob.group(annes.id()))) {
        road.lose(Road.Loss.BROKEN, GroupServiceGrpc.getAppendMethod());
        Receipt receipt = get(annes.send("once"));
        assertThat(road.carried(GroupServiceGrpc.getAppendMethod())).isEqualTo(2);
        get(annes.send("and on"));
        assertThat(bobHears.textsUpTo("and on")).containsExactly("once", "and on");
        assertThat(messages(bobHears).get(0).offset()).isEqualTo(receipt.offset());
      }
    }
  }

  @Test
  void leavingAndArchivingSucceedWhenTheirAnswersAreLost() {
    try (Road road = Road.to(SERVER);
        Person ann = Person.register("ann", road);
        Person bob = Person.register("bob", road)) {
      GroupChannel annes = ann.create(bob);
      GroupChannel bobs = bob.group(annes.id());
      road.lose(Road.Loss.BROKEN, GroupServiceGrpc.getLeaveMethod());
      get(bobs.leave());
      road.lose(Road.Loss.BROKEN, GroupServiceGrpc.getArchiveMethod());
      get(annes.archive());
      assertThat(bob.device().groups()).isEmpty();
      try (Ear annHears = Ear.of(annes)) {
        assertThat(annHears.await(ChannelEvent.MemberRemoved.class).member()).isEqualTo(bob.id());
        assertThat(annHears.await(ChannelEvent.Archived.class).by()).isEqualTo(ann.id());
      }
    }
  }

  @Test
  void aSubscriberHearsEverythingOnceAcrossBrokenLines() {
    try (Road road = Road.to(SERVER);
        Person ann = Person.register("ann");
        Person bob = Person.register("bob", road)) {
      GroupChannel annes = ann.create(bob);
      try (Ear bobHears = Ear.of(bob.group(annes.id()))) {
        for (int cut = 0; cut < 3; cut++) {
          get(annes.send("m" + 2 * cut));
          CompletableFuture<Receipt> underWay = annes.send("m" + (2 * cut + 1));
          road.cut();
          get(underWay);
        }
        get(annes.send("m6"));
        List<String> expected =
            IntStream.rangeClosed(0, 6).mapToObj(i -> "m" + i).toList();
        assertThat(bobHears.textsUpTo("m6")).isEqualTo(expected);
        assertThat(road.carried(DeliveryServiceGrpc.getSubscribeMethod())).isGreaterThan(1);
      }
    }
  }

  private static List<ChannelEvent.Message> messages(Ear ear) {
    return ear.all().stream()
        .filter(ChannelEvent.Message.class::isInstance)
        .map(ChannelEvent.Message.class::cast)
        .toList();
  }
}
