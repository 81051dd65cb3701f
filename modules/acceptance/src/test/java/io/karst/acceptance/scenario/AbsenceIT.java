package io.karst.acceptance.scenario;

import static io.karst.domain.epoch.RotationReason.CREATED;
import static io.karst.domain.epoch.RotationReason.MANUAL;
import static io.karst.domain.epoch.RotationReason.RESET;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent.EpochsOrphaned;
import io.karst.client.api.ChannelEvent.Message;
import io.karst.client.api.ChannelEvent.Unreadable;
import io.karst.domain.access.UnreadableReason;
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
    long lost = ann.says(friends, "nobody will ever know");
    ann.goesOffline();
    bob.comesBack();
    Unreadable told = bob.hearing(friends)
        .await(Unreadable.class, unreadable -> unreadable.offset() == lost, "the lost message");
    assertThat(told.why()).isEqualTo(UnreadableReason.KEY_NOT_OPENED);
    bob.resets(friends);
    bob.says(friends, "a new beginning");
    ann.comesBack();
    assertThat(ann.hears(friends, "a new beginning").epoch()).isEqualTo(3);
    assertThat(bob.hearing(friends).all(EpochsOrphaned.class)).hasSize(1);
    assertThat(town.ledger(friends).reasons()).containsExactly(CREATED, MANUAL, RESET);
  }
}
