package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.group.Policy;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Epochs that end by themselves, or because somebody says so. */
class RotationIT {

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
}
