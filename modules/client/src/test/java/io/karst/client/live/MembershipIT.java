package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.refusal.Reason;
import org.junit.jupiter.api.Test;

/** Members come and go: who reads what. */
class MembershipIT {

  @Test
  void whoJoinsLateReadsWhatFollowsAndNothingThatWasSaidBefore() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Person cem = Person.register("cem")) {
      GroupChannel annes = ann.create(bob);
      get(annes.send("before"));
      get(bob.group(annes.id()).send("before too"));
      get(annes.add(cem.id()));
      GroupChannel cems = cem.group(annes.id());
      get(annes.send("after"));
      try (Ear cemHears = Ear.of(cems);
          Ear annHears = Ear.of(annes)) {
        assertThat(cemHears.textsUpTo("after")).containsExactly("after");
        assertThat(cems.epoch()).isEqualTo(2);
        get(cems.send("hello"));
        assertThat(annHears.texts(4)).containsExactly("before", "before too", "after", "hello");
        // The group does not hand out what the newcomer's epochs do not cover, so that there is
        // nothing to be told as unreadable either.
        assertThat(cemHears.all())
            .noneMatch(ChannelEvent.Unreadable.class::isInstance)
            .noneMatch(ChannelEvent.SecurityWarning.class::isInstance);
      }
    }
  }

  @Test
  void whoIsRemovedHearsOfItAndNothingMore() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Person cem = Person.register("cem")) {
      GroupChannel annes = ann.create(bob, cem);
      GroupChannel cems = cem.group(annes.id());
      try (Ear cemHears = Ear.of(cems);
          Ear bobHears = Ear.of(bob.group(annes.id()))) {
        get(annes.send("hello"));
        assertThat(cemHears.text()).isEqualTo("hello");
        get(annes.remove(cem.id()));
        get(annes.send("secret"));
        assertThat(bobHears.textsUpTo("secret")).containsExactly("hello", "secret");
        ChannelEvent.MemberRemoved removed = cemHears.await(ChannelEvent.MemberRemoved.class);
        assertThat(removed.member()).isEqualTo(cem.id());
        assertThat(removed.by()).isEqualTo(ann.id());
        get(cemHears.end());
        assertThat(cemHears.texts()).containsExactly("hello");
        assertThatThrownBy(() -> get(cems.send("still here")))
            .isInstanceOfSatisfying(
                LocalMistake.class,
                mistake -> assertThat(mistake.kind()).isEqualTo(LocalMistake.Kind.GROUP_ENDED));
        assertThat(cem.device().groups()).isEmpty();
      }
    }
  }

  @Test
  void whoWasRemovedWithoutHearingOfItIsRefusedByTheServer() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create(bob);
      GroupChannel bobs = bob.group(annes.id());
      get(bobs.send("hello"));
      get(annes.remove(bob.id()));
      assertRefused(() -> get(bobs.send("still here")));
      assertRefused(() -> get(bobs.members()));
      assertRefused(() -> get(bobs.rotate()));
      try (Ear bobHears = Ear.of(bobs);
          Ear annHears = Ear.of(annes)) {
        get(bobHears.end());
        assertThat(bobHears.texts()).isEmpty();
        get(annes.send("alone"));
        assertThat(annHears.textsUpTo("alone")).containsExactly("hello", "alone");
      }
    }
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServerRefusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.GROUP_NOT_FOUND));
  }
}
