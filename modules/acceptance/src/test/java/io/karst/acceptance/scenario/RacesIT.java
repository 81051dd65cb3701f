package io.karst.acceptance.scenario;

import static io.karst.domain.epoch.RotationReason.CREATED;
import static io.karst.domain.epoch.RotationReason.MANUAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many want to change a group at the same moment. */
class RacesIT {

  private static final int RACES = 3;
  private static final int ROUNDS = 5;

  @RegisterExtension
  private final Town town = new Town();

  @Test
  void ofTenDevicesThatCommitAtOnceOneWinsAndTheOthersAdoptItsEpoch() {
    Person ann = town.person("ann");
    List<Person> others = town.people("racer", 9);
    Group race = ann.founds(Policy.DEFAULT, Role.ADMIN, others.toArray(Person[]::new));
    for (int i = 0; i < RACES; i++) {
      List<CompletableFuture<Long>> commits =
          town.people().stream().map(person -> person.channel(race).rotate()).toList();
      long epoch = 2L + i;
      commits.forEach(commit -> assertThat(Town.get(commit)).isEqualTo(epoch));
    }
    assertThat(town.ledger(race).reasons()).containsExactly(CREATED, MANUAL, MANUAL, MANUAL);
  }

  @Test
  void aHundredJoinsAndLeavesMakeFewEpochs() {
    Person ann = town.person("ann");
    Person[] guests = town.people("guest", 10).toArray(Person[]::new);
    Group party = ann.founds();
    for (int round = 0; round < ROUNDS; round++) {
      ann.adds(party, guests);
      ann.says(party, "welcome " + round);
      for (Person guest : guests) {
        guest.hears(party, "welcome " + round);
      }
      List<CompletableFuture<Void>> leaving =
          Stream.of(guests).map(guest -> guest.channel(party).leave()).toList();
      leaving.forEach(Town::get);
      ann.says(party, "who is left? " + round);
    }
    assertThat(town.ledger(party).reasons().size()).isLessThanOrEqualTo(1 + ROUNDS * 4);
  }
}
