package io.karst.client.live;

import static io.karst.client.live.Live.SERVER;
import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.LocalMistake;
import io.karst.domain.group.Receipt;
import io.karst.wire.v1.GroupServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A device is closed in the middle of a conversation and opened again on the same store. */
class ReopenIT {

  private static final int ROUNDS = 4;
  private static final int MESSAGES_A_ROUND = 20;

  @Test
  void aDeviceThatIsOpenedAgainShowsNothingTwiceAndMissesNothing() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create(bob);
      GroupChannel bobs = bob.group(annes.id());
      List<String> heard = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        Ear bobHears = Ear.of(bobs);
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = 0; i < MESSAGES_A_ROUND; i++) {
          receipts.add(annes.send("m" + (round * MESSAGES_A_ROUND + i)));
        }
        bobHears.texts(MESSAGES_A_ROUND / 2);
        bob.shut();
        heard.addAll(bobHears.textsUpToTheEnd());
        receipts.forEach(Live::get);
        bob.open();
        bobs = bob.device().group(annes.id());
      }
      try (Ear bobHears = Ear.of(bobs)) {
        get(annes.send("last"));
        heard.addAll(bobHears.textsUpTo("last"));
      }
      List<String> expected = new ArrayList<>(numbered(ROUNDS * MESSAGES_A_ROUND));
      expected.add("last");
      assertThat(heard).isEqualTo(expected);
    }
  }

  @Test
  void whatIsBeingTakenWhileTheDeviceIsClosedIsNotToldAgain() throws InterruptedException {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create(bob);
      // Sent in one go, so that the place to go on from lies in the middle of what is stored.
      List<CompletableFuture<Receipt>> receipts =
          numbered(MESSAGES_A_ROUND).stream().map(annes::send).toList();
      receipts.forEach(Live::get);
      StuckReader reader = new StuckReader("m5");
      GroupChannel bobs = bob.group(annes.id());
      bobs.receive().subscribe(reader);
      get(reader.stuck);
      Thread closer = new Thread(bob::shut, "closer");
      closer.start();
      awaitWaiting(closer);
      // Answered on the device's thread after what the closing thread has posted there.
      assertThat(bobs.epoch()).isOne();
      reader.goOn.complete(null);
      closer.join();
      List<String> heard = new ArrayList<>(reader.heard);
      assertThat(heard).contains("m5");
      bob.open();
      try (Ear bobHears = Ear.of(bob.device().group(annes.id()))) {
        heard.addAll(bobHears.textsUpTo("m" + (MESSAGES_A_ROUND - 1)));
        // A message that was read already would come as one whose index is used up.
        assertThat(bobHears.all()).noneMatch(ChannelEvent.Unreadable.class::isInstance);
      }
      assertThat(heard).isEqualTo(numbered(MESSAGES_A_ROUND));
    }
  }

  @Test
  void whatWaitedWhenTheDeviceWasClosedIsSentOnceWhenItIsOpened() {
    try (Road road = Road.to(SERVER);
        Person ann = Person.register("ann", road);
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create(bob);
      try (Ear bobHears = Ear.of(bob.group(annes.id()))) {
        get(annes.send("one"));
        road.hold(GroupServiceGrpc.getAppendMethod());
        CompletableFuture<Receipt> two = annes.send("two");
        road.awaitHeld(GroupServiceGrpc.getAppendMethod());
        CompletableFuture<Receipt> three = annes.send("three");
        ann.shut();
        assertClosed(two);
        assertClosed(three);
        road.release(GroupServiceGrpc.getAppendMethod());
        ann.open();
        get(ann.device().group(annes.id()).send("four"));
        assertThat(bobHears.textsUpTo("four")).containsExactly("one", "two", "three", "four");
      }
    }
  }

  @Test
  void whatTheServerTookJustBeforeTheDeviceWasClosedIsNotSentTwice() {
    try (Road road = Road.to(SERVER);
        Person ann = Person.register("ann", road);
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create(bob);
      try (Ear bobHears = Ear.of(bob.group(annes.id()))) {
        get(annes.send("one"));
        road.lose(Road.Loss.SILENT, GroupServiceGrpc.getAppendMethod());
        CompletableFuture<Receipt> two = annes.send("two");
        assertThat(bobHears.texts(2)).containsExactly("one", "two");
        ann.shut();
        assertClosed(two);
        // Meanwhile the epoch goes by in which it was encrypted.
        get(bob.device().group(annes.id()).rotate());
        ann.open();
        get(ann.device().group(annes.id()).send("three"));
        assertThat(bobHears.textsUpTo("three")).containsExactly("one", "two", "three");
      }
    }
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  /** Stays with one message until it may go on. */
  private static final class StuckReader implements Flow.Subscriber<ChannelEvent> {

    private final String text;
    private final CompletableFuture<Void> stuck = new CompletableFuture<>();
    private final CompletableFuture<Void> goOn = new CompletableFuture<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    StuckReader(String text) {
      this.text = text;
    }

    @Override
    public void onSubscribe(Flow.Subscription added) {
      added.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChannelEvent event) {
      if (event instanceof ChannelEvent.Message message) {
        if (Ear.text(message).equals(text)) {
          stuck.complete(null);
          goOn.join();
        }
        heard.add(Ear.text(message));
      }
    }

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {}
  }

  private static void assertClosed(CompletableFuture<Receipt> receipt) {
    assertThatThrownBy(() -> get(receipt))
        .isInstanceOfSatisfying(
            LocalMistake.class,
            mistake -> assertThat(mistake.kind()).isEqualTo(LocalMistake.Kind.CLOSED));
  }
}
