package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.SecurityProblem;
import io.karst.client.recovery.Repairs;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.GroupServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A device whose state was lost, or set back, reads on without any help of the application. */
class RecoveryIT {

  /** More than the new pairwise sessions that a device may open with another in an hour. */
  private static final int RESTARTS = Repairs.SESSIONS_MAX + 2;

  private final List<Person> people = new ArrayList<>();
  private final Person ann = join(Person.register("ann"));
  private final Person bob = join(Person.register("bob"));

  @AfterEach
  void closeAll() {
    people.forEach(Person::close);
  }

  @Test
  void aPairwiseSessionThatIsLostIsOpenedAnewAndNothingStaysUnread() throws SQLException {
    GroupChannel annes = talking();
    bob.shut();
    forgetSessions(bob.store());
    bob.open();
    assertReadsOn(annes);
  }

  @Test
  void aStoreThatIsSetBackReadsOnAndWritesOn() throws IOException {
    GroupChannel annes = talking();
    bob.shut();
    Path old = bob.store().resolveSibling("old.db");
    Files.copy(bob.store(), old);
    bob.open();
    GroupChannel bobs = bob.device().group(annes.id());
    get(bobs.rotate());
    get(annes.rotate());
    get(bobs.rotate());
    get(bobs.send("forgotten"));
    bob.shut();
    Files.copy(old, bob.store(), StandardCopyOption.REPLACE_EXISTING);
    bob.open();
    assertReadsOn(annes);
    try (Ear annHears = Ear.of(annes)) {
      get(bob.device().group(annes.id()).send("and write on"));
      assertThat(annHears.textsUpTo("and write on")).contains("forgotten", "one", "two");
    }
  }

  @Test
  void whoGivesWrongKeysIsFoundOutAndAnotherIsBelieved() throws SQLException {
    try (Road annsRoad = Road.to(Live.SERVER)) {
      Person honest = join(Person.register("honest", annsRoad));
      Person liar = join(Person.register("liar"));
      GroupChannel liars = liar.create(honest, bob);
      GroupChannel honests = honest.group(liars.id());
      assertThat(bob.group(liars.id()).epoch()).isOne();
      bob.shut();
      forgetSessions(bob.store());
      try (Ear liarHears = Ear.of(liars)) {
        get(liars.rotate());
        get(honest.device().synchronize());
        get(honests.send("truth"));
        assertThat(liarHears.text()).isEqualTo("truth");
      }
      liar.shut();
      Liar.swapRatchet(liar, liars.id(), 2, honest.device().address());
      liar.open();
      annsRoad.hold(GroupServiceGrpc.getShareHistoryMethod());
      bob.open();
      News bobsNews = News.of(bob.device());
      try (Ear bobHears = Ear.of(bob.device().group(liars.id()))) {
        var refused = bobsNews.warning(SecurityProblem.SharedKeysRefused.class);
        assertThat(refused.by()).isEqualTo(liar.device().address());
        annsRoad.release(GroupServiceGrpc.getShareHistoryMethod());
        assertThat(told(bobHears, "truth").vouchedBy()).contains(honest.device().address());
        assertThat(bobHears.all()).noneMatch(ChannelEvent.EpochsOrphaned.class::isInstance);
      }
    }
  }

  @Test
  void aDeviceThatRestartsBetweenAskingAndBeingAnsweredGoesOnWhereItWas() throws SQLException {
    try (Road annsRoad = Road.to(Live.SERVER);
        Road bobsRoad = Road.to(Live.SERVER)) {
      Person giver = join(Person.register("giver", annsRoad));
      Person asker = join(Person.register("asker", bobsRoad));
      GroupChannel givers = giver.create(asker);
      assertThat(asker.group(givers.id()).epoch()).isOne();
      asker.shut();
      forgetSessions(asker.store());
      get(givers.rotate());
      get(givers.send("meanwhile"));

      bobsRoad.hold(GroupServiceGrpc.getRequestKeysMethod());
      asker.open();
      bobsRoad.awaitHeld(GroupServiceGrpc.getRequestKeysMethod());
      asker.shut();
      bobsRoad.release(GroupServiceGrpc.getRequestKeysMethod());
      annsRoad.hold(GroupServiceGrpc.getShareHistoryMethod());
      asker.open();
      annsRoad.awaitHeld(GroupServiceGrpc.getShareHistoryMethod());
      for (int i = 0; i < RESTARTS; i++) {
        asker.shut();
        asker.open();
        get(asker.device().synchronize());
      }
      annsRoad.release(GroupServiceGrpc.getShareHistoryMethod());
      GroupChannel askers = asker.device().group(givers.id());
      try (Ear askerHears = Ear.of(askers);
          Ear giverHears = Ear.of(givers)) {
        assertThat(told(askerHears, "meanwhile").vouchedBy())
            .contains(giver.device().address());
        int asked = bobsRoad.carried(GroupServiceGrpc.getRequestKeysMethod());
        assertThat(asked).isBetween(2, 2 + RESTARTS);
        assertThat(bobsRoad.carried(DeviceServiceGrpc.getClaimKeysMethod()))
            .isLessThanOrEqualTo(Repairs.SESSIONS_MAX);
        get(askers.send("I have read it"));
        giverHears.textsUpTo("I have read it");
        assertThat(askerHears.all()).noneMatch(ChannelEvent.Unreadable.class::isInstance);
        assertThat(giverHears.all()).noneMatch(ChannelEvent.EpochsOrphaned.class::isInstance);
        asker.shut();
        asker.open();
        get(asker.device().synchronize());
        assertThat(bobsRoad.carried(GroupServiceGrpc.getRequestKeysMethod())).isEqualTo(asked);
      }
    }
  }

  /** Ann rotates; Bob cannot open her key, and reads all the same; the next key he can open. */
  private void assertReadsOn(GroupChannel annes) {
    GroupChannel bobs = bob.device().group(annes.id());
    try (Ear bobHears = Ear.of(bobs)) {
      get(annes.rotate());
      get(annes.send("one"));
      ChannelEvent.Message one = told(bobHears, "one");
      assertThat(one.vouchedBy()).contains(ann.device().address());
      // The newest epoch is renewed, so that both can speak in it.
      bobHears.await(
          ChannelEvent.EpochStarted.class,
          started -> started.epoch() > one.epoch()
              && started.committer().equals(bob.device().address()));
      get(annes.rotate());
      get(annes.send("two"));
      assertThat(told(bobHears, "two").vouchedBy()).as("its own key opens").isEmpty();
      assertThat(bobHears.all()).noneMatch(ChannelEvent.Unreadable.class::isInstance);
      assertThat(bobHears.all()).noneMatch(ChannelEvent.EpochsOrphaned.class::isInstance);
    }
  }

  private static ChannelEvent.Message told(Ear ear, String text) {
    return ear.await(ChannelEvent.Message.class, message -> Ear.text(message).equals(text));
  }

  /** A group in which both have said something. */
  private GroupChannel talking() {
    GroupChannel annes = ann.create(bob);
    GroupChannel bobs = bob.group(annes.id());
    try (Ear annHears = Ear.of(annes);
        Ear bobHears = Ear.of(bobs)) {
      get(annes.send("hello"));
      get(bobs.send("hi"));
      assertThat(annHears.texts(2)).containsExactly("hello", "hi");
      assertThat(bobHears.texts(2)).containsExactly("hello", "hi");
    }
    return annes;
  }

  private Person join(Person person) {
    people.add(person);
    return person;
  }

  private static void forgetSessions(Path store) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("DELETE FROM olm_session")).isPositive();
    }
  }
}
