package io.karst.acceptance.scenario;

import static io.karst.domain.epoch.RotationReason.AGE;
import static io.karst.domain.epoch.RotationReason.COMPROMISE;
import static io.karst.domain.epoch.RotationReason.CREATED;
import static io.karst.domain.epoch.RotationReason.DEVICE_ADDED;
import static io.karst.domain.epoch.RotationReason.DEVICE_REMOVED;
import static io.karst.domain.epoch.RotationReason.MANUAL;
import static io.karst.domain.epoch.RotationReason.MEMBER_JOINED;
import static io.karst.domain.epoch.RotationReason.MEMBER_LEFT;
import static io.karst.domain.epoch.RotationReason.MEMBER_REMOVED;
import static io.karst.domain.epoch.RotationReason.RESET;
import static io.karst.domain.epoch.RotationReason.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log says why each epoch began. */
class ReasonsIT {

  private static final Policy DAILY = new Policy(Duration.ofSeconds(30), Duration.ofDays(1), 2);

  @RegisterExtension
  private final Town town = new Town();

  @Test
  void eachTriggerLeavesItsReasonInTheLog() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Person cem = town.person("cem");
    Person dan = town.person("dan");
    Group friends = ann.founds(DAILY, bob);
    Story story = new Story(friends);
    story.tells(CREATED, () -> {});
    story.tells(MEMBER_JOINED, () -> ann.adds(friends, cem, dan));
    story.tells(MEMBER_LEFT, () -> {
      cem.leaves(friends);
      bob.says(friends, "cem is gone");
    });
    story.tells(MEMBER_REMOVED, () -> ann.removes(friends, dan));
    Person laptop = ann.links("laptop");
    story.tells(DEVICE_ADDED, () -> {
      town.clocksJump(Duration.ofMinutes(1));
      bob.says(friends, "ann has a laptop");
    });
    ann.hears(friends, "ann has a laptop");
    story.tells(DEVICE_REMOVED, () -> {
      ann.revokes(laptop);
      bob.says(friends, "ann's laptop is gone");
    });
    ann.hears(friends, "ann's laptop is gone");
    story.tells(MANUAL, () -> ann.rotates(friends));
    story.tells(COMPROMISE, () -> {
      bob.reportsCompromise(friends);
      ann.says(friends, "all is well again");
    });
    story.tells(AGE, () -> {
      town.clocksJump(Duration.ofDays(1));
      bob.says(friends, "another day");
    });
    story.tells(VOLUME, () -> {
      bob.says(friends, "two", "for each", "of the two", "are", "enough");
      town.clocksJump(Duration.ofMinutes(1));
      ann.says(friends, "too many messages");
    });
    bob.hears(friends, "too many messages");
    bob.goesOffline();
    bob.losesItsKeys();
    ann.rotates(friends);
    bob.comesBack();
    story.skips(MANUAL);
    story.tells(RESET, () -> bob.resets(friends));
  }

  /** What happens to a group, and the reasons that the log is to have for it. */
  private final class Story {

    private final Group group;
    private final List<RotationReason> reasons = new ArrayList<>();

    Story(Group group) {
      this.group = group;
    }

    /** This makes one epoch begin, for this reason. */
    void tells(RotationReason reason, Runnable event) {
      event.run();
      skips(reason);
      assertThat(town.ledger(group).reasons()).isEqualTo(reasons);
    }

    void skips(RotationReason reason) {
      reasons.add(reason);
    }
  }
}
