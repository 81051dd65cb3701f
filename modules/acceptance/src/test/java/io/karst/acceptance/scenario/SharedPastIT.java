package io.karst.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.karst.client.api.ChannelEvent.Message;
import io.karst.client.api.ChannelEvent.Unreadable;
import io.karst.client.api.DeviceEvent.SecurityWarning;
import io.karst.client.api.SecurityProblem;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was said before somebody came, by keys that others give. */
class SharedPastIT {

  private static final Policy OPEN = Policy.DEFAULT.with(History.WHOLE);

  @RegisterExtension
  private final Town town = new Town();

  @Test
  void aNewDeviceThatAsksForHistoryReadsItAsVouchedForByTheGiver() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Group friends = ann.founds(OPEN, bob);
    bob.says(friends, "before the laptop");
    ann.hears(friends, "before the laptop");
    bob.goesOffline();
    Person laptop = ann.links("laptop");
    ann.rotates(friends);
    laptop.listensTo(friends);
    laptop.asksForKeys(friends, 1);
    laptop.isGivenKeysBy(ann);
    laptop.looksUp(friends, 1);
    assertThat(laptop.hearing(friends).foundMessages())
        .singleElement()
        .extracting(Hearing::text, Message::vouchedBy)
        .containsExactly("before the laptop", Optional.of(ann.address()));
    bob.comesBack();
  }

  @Test
  void wrongKeysThatAMemberOffersOpenNothingAndRightOnesOfAnotherDo() {
    Person ann = town.person("ann");
    Person eve = town.person("eve");
    Person dan = town.person("dan");
    Group friends = ann.founds(OPEN, Role.ADMIN, eve);
    long said = ann.says(friends, "the meeting is at noon");
    ann.hears(friends, "the meeting is at noon");
    eve.hears(friends, "the meeting is at noon");
    ann.goesOffline();
    eve.goesOffline();
    Forger.forges(eve.home(), friends.id(), ann.address());
    eve.comesBack();
    eve.adds(friends, dan);
    dan.isGivenKeysBy(eve);
    dan.looksUp(friends, 1);
    assertThat(dan.hearing(friends).foundUnreadable())
        .singleElement()
        .extracting(Unreadable::offset, Unreadable::why)
        .containsExactly(said, UnreadableReason.KEY_NOT_OPENED);
    assertThat(dan.news().all(SecurityWarning.class))
        .extracting(SecurityWarning::problem)
        .contains(new SecurityProblem.SharedKeysRefused(friends.id(), 1, eve.address()));
    ann.comesBack();
    dan.asksForKeys(friends, 1);
    dan.isGivenKeysBy(ann);
    dan.looksUp(friends, 1);
    assertThat(dan.hearing(friends).foundMessages())
        .extracting(Hearing::text, Message::vouchedBy)
        .contains(tuple("the meeting is at noon", Optional.of(ann.address())));
  }
}
