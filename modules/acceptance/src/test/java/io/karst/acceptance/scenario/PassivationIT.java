package io.karst.acceptance.scenario;

import static io.karst.domain.epoch.RotationReason.COMPROMISE;
import static io.karst.domain.epoch.RotationReason.CREATED;
import static io.karst.domain.epoch.RotationReason.DEVICE_ADDED;
import static io.karst.domain.epoch.RotationReason.DEVICE_REMOVED;
import static io.karst.domain.epoch.RotationReason.MANUAL;
import static io.karst.domain.epoch.RotationReason.MEMBER_JOINED;
import static io.karst.domain.epoch.RotationReason.MEMBER_LEFT;
import static io.karst.domain.epoch.RotationReason.MEMBER_REMOVED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server forgets everything between every two steps, but for what is in the journal. */
class PassivationIT {

  /** After that, whoever speaks has to rotate for a new device, unless somebody did. */
  private static final Duration DEVICE_NOTICE = Duration.ofMinutes(1);

  @RegisterExtension
  private final Town town = new Town(Site.forgetful());

  @Test
  void aGroupThatLeavesMemoryBetweenEveryTwoStepsIsNoOther() throws IOException {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Person cem = town.person("cem");
    Group friends = ann.founds(bob);
    step(friends, () -> ann.says(friends, "one"));
    step(friends, () -> ann.adds(friends, cem));
    step(friends, () -> cem.says(friends, "two"));
    step(friends, () -> ann.rotates(friends));
    step(friends, () -> bob.reportsCompromise(friends));
    step(friends, () -> cem.says(friends, "three"));
    ann.hears(friends, "three");
    Person laptop = ann.links("laptop");
    step(friends, () -> town.clocksJump(DEVICE_NOTICE));
    step(friends, () -> bob.says(friends, "ann has a laptop"));
    ann.hears(friends, "ann has a laptop");
    step(friends, () -> laptop.listensTo(friends));
    step(friends, () -> laptop.says(friends, "four"));
    step(friends, () -> ann.revokes(laptop));
    step(friends, () -> bob.says(friends, "five"));
    ann.hears(friends, "five");
    step(friends, () -> ann.removes(friends, bob));
    step(friends, () -> ann.adds(friends, bob));
    step(friends, () -> cem.leaves(friends));
    step(friends, () -> bob.says(friends, "six"));
    assertThat(town.sleepers().awakenings(friends.id().value())).isGreaterThanOrEqualTo(15);
    assertThat(town.ledger(friends).reasons())
        .containsExactly(
            CREATED,
            MEMBER_JOINED,
            MANUAL,
            COMPROMISE,
            DEVICE_ADDED,
            DEVICE_REMOVED,
            MEMBER_REMOVED,
            MEMBER_JOINED,
            MEMBER_LEFT);
  }

  /** Happens once the group and all members have left the server's memory. */
  private void step(Group group, Runnable event) {
    town.fallsAsleep(group);
    event.run();
  }
}
