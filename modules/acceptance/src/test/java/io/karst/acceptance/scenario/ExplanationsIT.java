package io.karst.acceptance.scenario;

import static io.karst.domain.access.UnreadableReason.BEFORE_HISTORY_GRANT;
import static io.karst.domain.access.UnreadableReason.DEVICE_NOT_IN_ROSTER;
import static io.karst.domain.access.UnreadableReason.DEVICE_REVOKED;
import static io.karst.domain.access.UnreadableReason.KEY_ACKNOWLEDGED;
import static io.karst.domain.access.UnreadableReason.KEY_NOT_ACKNOWLEDGED;
import static io.karst.domain.access.UnreadableReason.MEMBERSHIP_ENDED;
import static io.karst.domain.access.UnreadableReason.NOT_AN_ENVELOPE;
import static io.karst.domain.access.UnreadableReason.NOT_A_MEMBER;
import static io.karst.domain.access.UnreadableReason.NOT_WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.access.KeyState;
import io.karst.domain.group.Policy;
import io.karst.domain.history.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server tells why a device cannot read a message, each time for another reason. */
class ExplanationsIT {

  private static final long FAR_AWAY = 1_000_000;

  @RegisterExtension
  private final Town town = new Town();

  @Test
  void whatIsNoMessageIsReadByNobody() {
    Person ann = town.person("ann");
    Group friends = ann.founds();
    assertThat(ann.isToldWhy(friends, 0, ann)).isEqualTo(NOT_AN_ENVELOPE);
    assertThat(ann.isToldWhy(friends, FAR_AWAY, ann)).isEqualTo(NOT_WRITTEN);
  }

  @Test
  void aKeyWaitsInTheInboxUntilItsDeviceHasStoredIt() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    bob.goesOffline();
    Group friends = ann.foundsUnheard(bob);
    long hello = ann.says(friends, "hello");
    town.keysAreOut(friends);
    assertThat(ann.isToldWhy(friends, hello, bob)).isEqualTo(KEY_NOT_ACKNOWLEDGED);
    assertThat(ann.isToldHow(friends, hello, bob).key()).isEqualTo(KeyState.DELIVERED);
    bob.reopens();
    bob.listensTo(friends);
    assertThat(ann.isToldWhy(friends, hello, bob)).isEqualTo(KEY_ACKNOWLEDGED);
  }

  @Test
  void whoComesLaterWasNotThereAndWhoIsGoneIsNotAny() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Person cem = town.person("cem");
    Group friends = ann.founds(bob);
    long early = ann.says(friends, "early");
    ann.adds(friends, cem);
    assertThat(ann.isToldWhy(friends, early, cem)).isEqualTo(NOT_A_MEMBER);
    bob.hears(friends, "early");
    ann.removes(friends, bob);
    assertThat(ann.isToldWhy(friends, early, bob)).isEqualTo(MEMBERSHIP_ENDED);
  }

  @Test
  void aDeviceThatWasLinkedLaterWasNotThereAndOneThatIsRevokedIsNotAny() {
    Person ann = town.person("ann");
    Group friends = ann.founds();
    long early = ann.says(friends, "early");
    Person laptop = ann.links("laptop");
    ann.rotates(friends);
    laptop.listensTo(friends);
    assertThat(ann.isToldWhy(friends, early, laptop)).isEqualTo(DEVICE_NOT_IN_ROSTER);
    long late = ann.says(friends, "late");
    laptop.hears(friends, "late");
    ann.revokes(laptop);
    assertThat(ann.isToldWhy(friends, late, laptop)).isEqualTo(DEVICE_REVOKED);
  }

  @Test
  void whoWasGivenAPartOfThePastReadsNothingBeforeIt() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Group friends = ann.founds(Policy.DEFAULT.with(History.FROM_INDEX));
    long first = ann.says(friends, "first");
    ann.hears(friends, "first");
    ann.rotates(friends);
    ann.says(friends, "second");
    ann.hears(friends, "second");
    ann.adds(friends, bob);
    ann.sharesHistory(friends, bob, 2);
    bob.isGivenKeysBy(ann);
    bob.looksUp(friends, 1);
    assertThat(bob.hearing(friends).foundMessages())
        .extracting(Hearing::text)
        .containsExactly("second");
    assertThat(ann.isToldWhy(friends, first, bob)).isEqualTo(BEFORE_HISTORY_GRANT);
  }
}
