package io.karst.acceptance.scenario;

import static io.karst.domain.epoch.RotationReason.CREATED;
import static io.karst.domain.epoch.RotationReason.MANUAL;
import static io.karst.domain.epoch.RotationReason.RESET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.karst.client.api.ChannelEvent.EpochsOrphaned;
import io.karst.client.api.ChannelEvent.Message;
import io.karst.client.api.ChannelEvent.Unreadable;
import io.karst.client.recovery.Ladder;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.epoch.EpochRange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Devices were away, or have lost what they knew. */
class AbsenceIT {

  private static final int EPOCHS = 50;

  @RegisterExtension
  private final Town town = new Town();

  @Test
  void whoWasOfflineForFiftyEpochsReadsAllOfThem() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Group friends = ann.founds(bob);
    bob.goesOffline();
    for (int i = 1; i <= EPOCHS; i++) {
      ann.rotates(friends);
      ann.says(friends, "day " + i);
    }
    bob.comesBack();
    assertThat(bob.hears(friends, "day " + EPOCHS).epoch()).isEqualTo(1 + EPOCHS);
    bob.says(friends, "here I am");
    ann.hears(friends, "here I am");
  }

  @Test
  void whoHasLostItsKeysIsGivenThemByTheOthers() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Group friends = ann.founds(bob);
    ann.says(friends, "before");
    bob.hears(friends, "before");
    bob.goesOffline();
    bob.losesItsKeys();
    ann.rotates(friends);
    long lost = ann.says(friends, "lost and found");
    bob.comesBack();
    bob.isGivenKeysBy(ann);
    bob.looksUp(friends, 2);
    assertThat(bob.hearing(friends).foundMessages())
        .filteredOn(message -> message.offset() == lost)
        .singleElement()
        .extracting(Message::vouchedBy)
        .matches(giver -> giver.equals(Optional.of(ann.address())));
    bob.rotates(friends);
  }

  @Test
  void whatNobodyHasTheKeysOfIsGivenUpByAReset() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Group friends = ann.founds(bob);
    bob.goesOffline();
    bob.losesItsKeys();
    ann.rotates(friends);
    ann.says(friends, "nobody will ever know");
    ann.goesOffline();
    bob.comesBack();
    bob.resets(friends);
    bob.says(friends, "a new beginning");
    ann.comesBack();
    assertThat(ann.hears(friends, "a new beginning").epoch()).isEqualTo(3);
    assertThat(bob.hearing(friends).all(EpochsOrphaned.class)).hasSize(1);
    assertThat(town.ledger(friends).reasons()).containsExactly(CREATED, MANUAL, RESET);
  }

  @Test
  void whatEverybodyHasLostIsGivenUpByAResetThatNobodyAskedFor() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Person cem = town.person("cem");
    Group friends = ann.founds(bob, cem);
    bob.goesOffline();
    cem.goesOffline();
    ann.rotates(friends);
    long lost = ann.says(friends, "nobody will ever know");
    ann.hears(friends, "nobody will ever know");
    ann.goesOffline();
    town.people().forEach(Person::losesItsKeys);
    town.people().forEach(Person::comesBack);
    // Told once everybody was asked: what is left is to wait for somebody else.
    for (Person person : List.of(bob, cem)) {
      assertThat(person.isLeftWithout(friends, lost)).isEqualTo(UnreadableReason.KEY_NOT_OPENED);
    }
    town.clocksJump(Ladder.RESET_WAIT);
    bob.goesOffline();
    bob.comesBack();
    for (Person person : town.people()) {
      person.hearsOfEpoch(friends, RESET);
      person.says(friends, "I go on, says " + person.id());
    }
    for (Person person : town.people()) {
      town.people().forEach(other -> person.hears(friends, "I go on, says " + other.id()));
      assertThat(person.hearing(friends).all(EpochsOrphaned.class))
          .extracting(EpochsOrphaned::epochs)
          .containsExactly(new EpochRange(2, 2));
      person.looksUp(friends, 2);
      assertThat(person.hearing(friends).foundUnreadable())
          .extracting(Unreadable::offset, Unreadable::why)
          .containsExactly(tuple(lost, UnreadableReason.EPOCH_ORPHANED));
      assertThat(ann.isToldWhy(friends, lost, person)).isEqualTo(UnreadableReason.EPOCH_ORPHANED);
    }
    assertThat(town.ledger(friends).reasons()).containsExactly(CREATED, MANUAL, RESET);
  }
}
