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
import io.karst.domain.id.DeviceId;
import org.junit.jupiter.api.Test;

/** A member that lost every device begins anew, and is believed by those who say so. */
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
        lost.shut();
        News bobsNews = News.of(bob.device());
        try (Person anew = Person.register(PHOENIX, new DeviceId("anew"), Live.resetToken())) {
          News anewsNews = News.of(anew.device());
          bobHears.await(ChannelEvent.DevicesRevoked.class);
          assertThatThrownBy(() -> get(annes.send("nobody is to read this")))
              .isInstanceOfSatisfying(
                  SecurityViolation.class,
                  violation -> assertThat(violation.problem())
                      .isEqualTo(new SecurityProblem.IdentityChanged(PHOENIX, false)));
          assertThat(annes.epoch()).as("no epoch for whom nobody accepted").isOne();

          get(ann.device().acceptIdentity(PHOENIX));
          get(annes.send("two"));
          GroupChannel anews = anewsNews.await(DeviceEvent.GroupJoined.class).channel();
          try (Ear anewHears = Ear.of(anews)) {
            assertThat(anewHears.textsUpTo("two")).containsExactly("two");
          }

          assertThat(bobsNews.warning(SecurityProblem.IdentityChanged.class).member())
              .isEqualTo(PHOENIX);
          assertThat(bobs.epoch()).as("Bob has accepted nobody").isOne();
          get(bob.device().acceptIdentity(PHOENIX));
          get(annes.send("three"));
          assertThat(bobHears.textsUpTo("three")).contains("three");
        }
      }
    }
  }
}
