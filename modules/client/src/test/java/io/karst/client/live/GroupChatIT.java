package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Members of a group talk over a running server. */
class GroupChatIT {

  private static final int MESSAGES_EACH = 100;

  /** What the SDK holds at most between the stream and a subscriber. */
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;

  @Test
  void threeMembersReadEachOther() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Person cem = Person.register("cem")) {
      GroupChannel annes = ann.create(bob, cem);
      GroupChannel bobs = bob.group(annes.id());
      GroupChannel cems = cem.group(annes.id());
      try (Ear annHears = Ear.of(annes);
          Ear bobHears = Ear.of(bobs);
          Ear cemHears = Ear.of(cems)) {
        get(annes.send("hello"));
        assertThat(bobHears.text()).isEqualTo("hello");
        get(bobs.send("hello yourself"));
        get(cems.send("and me"));
        assertThat(annHears.texts(3)).containsExactly("hello", "hello yourself", "and me");
        assertThat(bobHears.texts(2)).containsExactly("hello yourself", "and me");
        assertThat(cemHears.texts(3)).containsExactly("hello", "hello yourself", "and me");
        assertThat(annHears.all())
            .noneMatch(ChannelEvent.SecurityWarning.class::isInstance)
            .noneMatch(ChannelEvent.Unreadable.class::isInstance);
      }
    }
  }

  @Test
  void messagesOfTwoAtOnceArriveOnceEachAndInTheOrderOfEachAndAlikeForAll() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Person cem = Person.register("cem")) {
      GroupChannel annes = ann.create(bob, cem);
      GroupChannel bobs = bob.group(annes.id());
      try (Ear bobHears = Ear.of(bobs);
          Ear cemHears = Ear.of(cem.group(annes.id()))) {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = 0; i < MESSAGES_EACH; i++) {
          receipts.add(annes.send("a" + i));
          receipts.add(bobs.send("b" + i));
        }
        receipts.forEach(Live::get);
        List<String> heard = cemHears.texts(2 * MESSAGES_EACH);
        assertThat(startingWith("a", heard)).isEqualTo(numbered("a"));
        assertThat(startingWith("b", heard)).isEqualTo(numbered("b"));
        assertThat(bobHears.texts(2 * MESSAGES_EACH)).isEqualTo(heard);
        assertThat(offsets(cemHears)).isSorted().doesNotHaveDuplicates();
        assertThat(offsets(bobHears)).isEqualTo(offsets(cemHears));
      }
    }
  }

  @Test
  void whoListensLaterThanTheBufferHoldsMissesNothing() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create(bob);
      try (Ear bobHears = Ear.covered(bob.group(annes.id()))) {
        String padding = "x".repeat(Content.ENCODED_MAX - 1_000);
        int messages = BUFFER_BYTES / padding.length() * 5 / 4;
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
          receipts.add(annes.send(i + padding));
        }
        receipts.forEach(Live::get);
        bobHears.uncover();
        assertThat(bobHears.texts(messages))
            .isEqualTo(IntStream.range(0, messages).mapToObj(i -> i + padding).toList());
      }
    }
  }

  private static List<String> startingWith(String start, List<String> texts) {
    return texts.stream().filter(text -> text.startsWith(start)).toList();
  }

  private static List<String> numbered(String start) {
    return IntStream.range(0, MESSAGES_EACH).mapToObj(i -> start + i).toList();
  }

  private static List<Long> offsets(Ear ear) {
    return ear.all().stream()
        .filter(ChannelEvent.Message.class::isInstance)
        .map(event -> ((ChannelEvent.Message) event).offset())
        .toList();
  }
}
