package io.karst.acceptance.scenario;

import static io.karst.domain.epoch.RotationReason.DEVICE_REMOVED;
import static io.karst.domain.epoch.RotationReason.MEMBER_LEFT;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent.DevicesRevoked;
import io.karst.client.api.KarstException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Members and devices come and go while others speak. */
class ComingAndGoingIT {

  @RegisterExtension
  private final Town town = new Town();

  @Test
  void whoJoinsWhileOthersSpeakReadsOnFromItsFirstEpoch() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Person cem = town.person("cem");
    Group friends = ann.founds(bob);
    Talk bobs = bob.keepsTalkingIn(friends);
    Talk anns = ann.keepsTalkingIn(friends);
    ann.adds(friends, cem);
    Talk cems = cem.keepsTalkingIn(friends);
    bobs.goesOn().stops();
    anns.goesOn().stops();
    cems.stops();
    assertThat(cem.hears(friends, cem.address() + " says 1").epoch()).isEqualTo(2);
  }

  @Test
  void whoLeavesWhileOthersSpeakReadsNothingMore() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Person cem = town.person("cem");
    Group friends = ann.founds(bob, cem);
    Talk anns = ann.keepsTalkingIn(friends);
    Talk bobs = bob.keepsTalkingIn(friends);
    cem.leaves(friends);
    anns.goesOn().stops();
    bobs.goesOn().stops();
    cem.hearing(friends).awaitEnd();
    bob.hearsOfEpoch(friends, MEMBER_LEFT);
  }

  @Test
  void whoIsRemovedAndAddedAgainReadsAllButWhatWasSaidMeanwhile() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Person cem = town.person("cem");
    Group friends = ann.founds(bob, cem);
    ann.says(friends, "with bob");
    bob.hears(friends, "with bob");
    ann.removes(friends, bob);
    ann.says(friends, "without bob");
    bob.hearing(friends).awaitEnd();
    ann.adds(friends, bob);
    bob.says(friends, "back again");
    cem.hears(friends, "back again");
    cem.says(friends, "welcome");
    assertThat(bob.hears(friends, "welcome").epoch()).isEqualTo(3);
  }

  @Test
  void aDeviceThatIsRevokedInTheMiddleOfAStreamReadsNothingMore() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Group friends = ann.founds(bob);
    Person laptop = ann.links("laptop");
    ann.rotates(friends);
    laptop.listensTo(friends);
    Talk bobs = bob.keepsTalkingIn(friends);
    Talk laptops = laptop.keepsTalkingIn(friends);
    ann.revokes(laptop);
    assertThat(laptops.isCutOff()).hasCauseInstanceOf(KarstException.class);
    bobs.goesOn().stops();
    bob.hearsOfEpoch(friends, DEVICE_REMOVED);
    assertThat(bob.hearing(friends).all(DevicesRevoked.class)).hasSize(1);
  }
}
