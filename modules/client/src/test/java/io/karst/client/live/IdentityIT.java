package io.karst.client.live;

import static io.karst.client.live.Live.PHOENIX;
import static io.karst.client.live.Live.SERVER;
import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.DeviceEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityViolation;
import io.karst.client.api.verification.Trust.Standing;
import io.karst.domain.id.DeviceId;
import org.junit.jupiter.api.Test;

/**
 * A member that lost every device begins anew, is believed by those who say so, and verified by
 * nobody.
 */
class IdentityIT {

  @Test
  void nothingIsSealedToNewDevicesOfAMemberUntilTheyAreAccepted() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Person lost = Person.register(PHOENIX, new DeviceId("lost"), SERVER.enrolmentToken())) {
      GroupChannel annes = ann.create(bob, lost);
      GroupChannel bobs = bob.group(annes.id());
      try (Ear lostHears = Ear.of(lost.group(annes.id()));
          Ear bobHears = Ear.of(bobs)) {
        get(annes.send("one"));
        assertThat(lostHears.text()).isEqualTo("one");
        assertThat(bobHears.text()).isEqualTo("one");
        Comparison.verify(annes.id(), ann, lost);
        lost.shut();
        News bobsNews = News.of(bob.device());
        try (Person anew = Person.register(PHOENIX, new DeviceId("anew"), Live.resetToken())) {
          News anewsNews = News.of(anew.device());
          bobHears.await(ChannelEvent.DevicesRevoked.class);
          assertThatThrownBy(() -> get(annes.send("nobody is to read this")))
              .isInstanceOfSatisfying(
                  SecurityViolation.class,
                  violation -> assertThat(violation.problem())
                      .isEqualTo(new SecurityProblem.IdentityChanged(PHOENIX, true)));
          assertThat(annes.epoch()).as("no epoch for whom nobody accepted").isOne();

          get(ann.device().acceptIdentity(PHOENIX));
          assertThat(standing(ann)).as("not the one who was verified").isEqualTo(Standing.CHANGED);
          get(annes.send("two"));
          GroupChannel anews = anewsNews.await(DeviceEvent.GroupJoined.class).channel();
          try (Ear anewHears = Ear.of(anews)) {
            assertThat(anewHears.textsUpTo("two")).containsExactly("two");
          }

          assertThat(bobsNews.warning(SecurityProblem.IdentityChanged.class))
              .as("Bob has verified nobody")
              .isEqualTo(new SecurityProblem.IdentityChanged(PHOENIX, false));
          assertThat(bobs.epoch()).as("Bob has accepted nobody").isOne();
          get(bob.device().acceptIdentity(PHOENIX));
          get(annes.send("three"));
          assertThat(bobHears.textsUpTo("three")).contains("three");
          assertThat(standing(bob)).isEqualTo(Standing.FIRST_USE);
          Comparison.verify(annes.id(), ann, anew);
          assertThat(standing(ann)).isEqualTo(Standing.VERIFIED);
        }
      }
    }
  }

  private static Standing standing(Person of) {
    return of.device().verifications().trust(PHOENIX).standing();
  }
}
