package io.karst.acceptance.scenario;

import static io.karst.domain.epoch.RotationReason.AGE;
import static io.karst.domain.epoch.RotationReason.COMPROMISE;
import static io.karst.domain.epoch.RotationReason.CREATED;
import static io.karst.domain.epoch.RotationReason.MEMBER_LEFT;
import static io.karst.domain.epoch.RotationReason.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent.EpochStarted;
import io.karst.client.api.ChannelEvent.RotationDue;
import io.karst.domain.group.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Epochs end by themselves, or because somebody says so, and what crosses their end arrives. */
class RotationsIT {

  private static final Duration GRACE = Duration.ofSeconds(30);

  @RegisterExtension
  private final Town town = new Town();

  @Test
  void whenAnEpochGrowsOldOneDeviceThatListensRenewsItAlone() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Person cem = town.person("cem");
    Group friends = ann.founds(new Policy(GRACE, Duration.ofMinutes(10), 100), bob, cem);
    ann.says(friends, "young");
    town.clocksJump(Duration.ofMinutes(10).minusSeconds(8));
    bob.says(friends, "old");
    for (Person person : town.people()) {
      person.hearsOfEpoch(friends, AGE);
    }
    assertThat(town.ledger(friends).reasons()).containsExactly(CREATED, AGE);
    assertThat(cem.hears(friends, "old").epoch()).isEqualTo(1);
  }

  @Test
  void whenAnEpochIsFullOneDeviceThatListensRenewsItAlone() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Group friends = ann.founds(new Policy(GRACE, Duration.ofDays(1), 1), bob);
    // The notice is a minute. Clocks that are ahead see less of it.
    town.people().forEach(person -> person.clockJumps(Duration.ofSeconds(52)));
    bob.says(friends, "one", "two", "one too many");
    ann.hearsOfEpoch(friends, VOLUME);
    bob.hearsOfEpoch(friends, VOLUME);
    RotationDue due = ann.hearing(friends).all(RotationDue.class).get(0);
    EpochStarted started = ann.hearing(friends).all(EpochStarted.class).get(1);
    assertThat(due.reason()).isEqualTo(VOLUME);
    assertThat(started.at()).isBefore(due.deadline());
    assertThat(town.ledger(friends).reasons()).containsExactly(CREATED, VOLUME);
  }

  @Test
  void whoSpeaksAfterADeadlineRenewsTheEpochWithoutNoticing() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Person cem = town.person("cem");
    Group friends = ann.founds(bob, cem);
    cem.leaves(friends);
    bob.says(friends, "just us", "as it was");
    ann.hearsOfEpoch(friends, MEMBER_LEFT);
    assertThat(ann.hears(friends, "just us").epoch()).isEqualTo(2);
    assertThat(ann.hearing(friends).all(EpochStarted.class).get(1).committer())
        .isEqualTo(bob.address());
  }

  @Test
  void withinTheGraceAMessageKeepsItsEpochAndAfterItIsRepairedInItsPlace() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Group friends = ann.founds(new Policy(GRACE), bob);
    bob.goesOffline();
    bob.writesOffline(friends, "in time", "in time too");
    ann.rotates(friends);
    town.clocksJump(GRACE.minusSeconds(20));
    bob.comesBack();
    assertThat(ann.hears(friends, "in time").epoch()).isEqualTo(1);
    assertThat(ann.hears(friends, "in time too").epoch()).isEqualTo(1);
    bob.hears(friends, "in time too");
    bob.goesOffline();
    bob.writesOffline(friends, "too late", "later still", "and last");
    ann.rotates(friends);
    town.clocksJump(GRACE.plusSeconds(1));
    bob.comesBack();
    assertThat(ann.hears(friends, "too late").epoch()).isEqualTo(3);
    assertThat(ann.hears(friends, "and last").epoch()).isEqualTo(3);
    assertThat(ann.hearing(friends).messages().stream().map(Hearing::text))
        .containsExactly("in time", "in time too", "too late", "later still", "and last");
  }

  @Test
  void afterAReportOfCompromiseThereIsNoGrace() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Person cem = town.person("cem");
    Group friends = ann.founds(new Policy(Policy.GRACE_MAX), bob, cem);
    cem.goesOffline();
    cem.writesOffline(friends, "of the old epoch");
    bob.reportsCompromise(friends);
    ann.says(friends, "safe again");
    ann.hearsOfEpoch(friends, COMPROMISE);
    cem.comesBack();
    assertThat(ann.hears(friends, "of the old epoch").epoch()).isEqualTo(2);
    assertThat(town.ledger(friends).reasons()).containsExactly(CREATED, COMPROMISE);
  }
}
