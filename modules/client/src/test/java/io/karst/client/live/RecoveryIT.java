package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
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

  private final List<Person> people = new ArrayList<>();
  private final Person ann = join("ann");
  private final Person bob = join("bob");

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

  private Person join(String name) {
    Person person = Person.register(name);
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
