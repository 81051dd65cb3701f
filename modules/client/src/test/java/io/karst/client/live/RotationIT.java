package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Policy;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Epochs that end by themselves, or because somebody says so. */
class RotationIT {

  @Test
  void afterAReportTheNextSenderRotatesFirst() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create(bob);
      GroupChannel bobs = bob.group(annes.id());
      try (Ear annHears = Ear.of(annes)) {
        get(bobs.send("one"));
        get(bobs.reportCompromise());
        get(bobs.reportCompromise());
        get(bobs.send("two"));
        assertThat(annHears.text()).isEqualTo("one");
        assertThat(annHears.await(ChannelEvent.CompromiseReported.class).by()).isEqualTo(bob.id());
        assertThat(annHears.await(ChannelEvent.RotationDue.class).reason())
            .isEqualTo(RotationReason.COMPROMISE);
        ChannelEvent.EpochStarted started = annHears.await(ChannelEvent.EpochStarted.class);
        assertThat(started.reason()).isEqualTo(RotationReason.COMPROMISE);
        ChannelEvent.Message message = annHears.message();
        assertThat(Ear.text(message)).isEqualTo("two");
        assertThat(message.epoch()).isEqualTo(started.epoch());
      }
    }
  }

  @Test
  void anAdminSetsThePolicyAndEverybodyHearsOfIt() {
    var strict = new Policy(Duration.ofSeconds(1), Duration.ofDays(1), 10);
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create(bob);
      GroupChannel bobs = bob.group(annes.id());
      assertThat(get(bobs.policy())).isEqualTo(Policy.DEFAULT);
      try (Ear bobHears = Ear.of(bobs)) {
        get(annes.setPolicy(strict));
        assertThat(bobHears.await(ChannelEvent.PolicyChanged.class).policy()).isEqualTo(strict);
      }
      assertThat(get(bobs.policy())).isEqualTo(strict);
      assertThatThrownBy(() -> get(bobs.setPolicy(Policy.DEFAULT)))
          .isInstanceOfSatisfying(
              ServerRefusal.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.ROLE_REQUIRED));
    }
  }

  @Test
  void whoListensRotatesBeforeTheDeadline() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create(bob);
      GroupChannel bobs = bob.group(annes.id());
      get(annes.setPolicy(new Policy(Duration.ofSeconds(30), Duration.ofDays(1), 1)));
      try (Ear annHears = Ear.of(annes);
          Ear bobHears = Ear.of(bobs)) {
        for (String text : new String[] {"one", "two", "three"}) {
          get(bobs.send(text));
        }
        ChannelEvent.RotationDue due = annHears.await(ChannelEvent.RotationDue.class);
        assertThat(due.reason()).isEqualTo(RotationReason.VOLUME);
        ChannelEvent.EpochStarted started = annHears.await(ChannelEvent.EpochStarted.class);
        assertThat(started.reason()).isEqualTo(RotationReason.VOLUME);
        assertThat(started.at()).isBefore(due.deadline());
        get(annes.send("four"));
        assertThat(bobHears.textsUpTo("four")).containsExactly("one", "two", "three", "four");
        assertThat(annes.epoch()).as("one rotation was enough").isEqualTo(started.epoch());
      }
    }
  }
}
