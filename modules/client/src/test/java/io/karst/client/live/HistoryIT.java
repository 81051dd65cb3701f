package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.DeviceEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.HistoryPage;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.group.Policy;
import io.karst.domain.history.History;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What was said before somebody came, or before it lost its keys. */
class HistoryIT {

  @Test
  void aNewMemberReadsTheWholeHistoryAsVouchedForByWhoAddedIt() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Person cleo = Person.register("cleo")) {
      GroupChannel annes = said(ann, bob, Policy.DEFAULT.with(History.WHOLE));
      CompletableFuture<DeviceEvent.KeysShared> shared = shared(cleo);
      get(annes.add(cleo.id()));
      get(annes.send("three"));
      DeviceEvent.KeysShared told = get(shared);
      assertThat(told.by()).isEqualTo(ann.device().address());
      HistoryPage page = get(told.channel().history(1));
      assertThat(spoken(page)).containsExactly("one", "two", "three");
      assertThat(messages(page).get(0).vouchedBy()).contains(ann.device().address());
      assertThat(messages(page).get(1).vouchedBy()).contains(ann.device().address());
      assertThat(page.events()).hasAtLeastOneElementOfType(ChannelEvent.HistoryShared.class);
      assertThat(page.hasMore()).isFalse();
    }
  }

  @Test
  void anAdminSharesFromAnEpochThatItChooses() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Person cleo = Person.register("cleo")) {
      GroupChannel annes = said(ann, bob, Policy.DEFAULT.with(History.FROM_INDEX));
      GroupChannel bobs = bob.group(annes.id());
      get(annes.rotate());
      try (Ear annHears = Ear.of(annes)) {
        get(annes.send("three"));
        assertThat(annHears.text()).isEqualTo("three");
      }
      get(annes.add(cleo.id()));
      DeviceAddress cleos = cleo.device().address();
      CompletableFuture<DeviceEvent.KeysShared> shared = shared(cleo);
      get(annes.shareHistory(cleos, 2));
      GroupChannel channel = get(shared).channel();
      assertThat(spoken(get(channel.history(1)))).containsExactly("three");
      get(bob.device().synchronize());
      assertThatThrownBy(() -> get(bobs.shareHistory(cleos, 1)))
          .isInstanceOfSatisfying(
              ServerRefusal.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.ROLE_REQUIRED));
    }
  }

  @Test
  void nothingIsSharedWhereThePolicyForbidsIt() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Person cleo = Person.register("cleo")) {
      GroupChannel annes = said(ann, bob, Policy.DEFAULT);
      get(annes.add(cleo.id()));
      assertThatThrownBy(() -> get(annes.shareHistory(cleo.device().address(), 1)))
          .isInstanceOfSatisfying(
              ServerRefusal.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.HISTORY_FORBIDDEN));
      assertThat(spoken(get(cleo.group(annes.id()).history(1)))).isEmpty();
    }
  }

  @Test
  void whoHasLostItsStateAsksTheOthersByItself() throws SQLException {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob")) {
      GroupChannel annes = said(ann, bob, Policy.DEFAULT);
      bob.shut();
      loseKeys(bob.store());
      get(annes.rotate());
      try (Ear annHears = Ear.of(annes)) {
        get(annes.send("three"));
        assertThat(annHears.text()).isEqualTo("three");
      }
      bob.open();
      CompletableFuture<DeviceEvent.KeysShared> shared = shared(bob);
      DeviceEvent.KeysShared told = get(shared);
      assertThat(told.fromEpoch()).isEqualTo(2);
      HistoryPage page = get(told.channel().history(2));
      assertThat(spoken(page)).containsExactly("three");
      assertThat(messages(page).get(0).vouchedBy()).contains(ann.device().address());
      assertThat(page.events())
          .noneMatch(event -> event instanceof ChannelEvent.Unreadable unreadable
              && unreadable.why() != UnreadableReason.KEY_NOT_OPENED);
    }
  }

  /** A group in which both have said something and ann has heard it. */
  private static GroupChannel said(Person ann, Person bob, Policy policy) {
    GroupChannel annes = ann.create(bob);
    GroupChannel bobs = bob.group(annes.id());
    get(annes.setPolicy(policy.equals(Policy.DEFAULT) ? new Policy(policy.grace()) : policy));
    try (Ear annHears = Ear.of(annes);
        Ear bobHears = Ear.of(bobs)) {
      get(annes.send("one"));
      get(bobs.send("two"));
      assertThat(annHears.texts(2)).containsExactly("one", "two");
      assertThat(bobHears.texts(2)).containsExactly("one", "two");
    }
    return annes;
  }

  private static List<ChannelEvent.Message> messages(HistoryPage page) {
    return page.events().stream()
        .filter(ChannelEvent.Message.class::isInstance)
        .map(ChannelEvent.Message.class::cast)
        .toList();
  }

  private static List<String> spoken(HistoryPage page) {
    return messages(page).stream().map(Ear::text).toList();
  }

  private static CompletableFuture<DeviceEvent.KeysShared> shared(Person person) {
    CompletableFuture<DeviceEvent.KeysShared> first = new CompletableFuture<>();
    person.device().events().subscribe(new Flow.Subscriber<>() {
      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
      }

      @Override
      public void onNext(DeviceEvent event) {
        Optional.of(event)
            .filter(DeviceEvent.KeysShared.class::isInstance)
            .map(DeviceEvent.KeysShared.class::cast)
            .ifPresent(first::complete);
      }

      @Override
      public void onError(Throwable thrown) {
        first.completeExceptionally(thrown);
      }

      @Override
      public void onComplete() {
        first.completeExceptionally(new IllegalStateException("the device is closed"));
      }
    });
    return first;
  }

  /** What is left is the account and the place in the log. */
  private static void loseKeys(Path store) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        var statement = connection.createStatement()) {
      for (String table : List.of("olm_session", "epoch", "ratchet", "inbound", "outbound")) {
        statement.executeUpdate("DELETE FROM " + table);
      }
    }
  }
}
