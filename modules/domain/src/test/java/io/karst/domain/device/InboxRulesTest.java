package io.karst.domain.device;

import static io.karst.domain.device.Account.BOB;
import static io.karst.domain.device.Account.PHONE;
import static io.karst.domain.device.Account.acknowledge;
import static io.karst.domain.device.Account.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.karst.domain.epoch.SealedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Fake;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboxRulesTest {

  private static final GroupId GROUP = Fake.groupId("g");

  private final Account account = Account.registered(50);

  @Test
  void queuesASealedKeyWithItsCommitter() {
    account.accepts(sealed(GROUP, 4));

    assertThat(account.inbox().items())
        .containsExactly(new InboxItem.SealedEpochKey(1, GROUP, 4, BOB, Fake.sealedKey(PHONE, 4)));
  }

  @ParameterizedTest(name = "epoch {0} after epoch 4: {1} new")
  @CsvSource({"1, 0", "3, 0", "4, 0", "5, 1", "9, 1"})
  void takesEachEpochOfAGroupOnce(long epoch, int fresh) {
    account.accepts(sealed(GROUP, 4));

    assertThat(account.decide(sealed(GROUP, epoch)).events()).hasSize(fresh);
  }

  @Test
  void takesNoEpochAgainAfterItWasAcknowledged() {
    account.accepts(sealed(GROUP, 4));
    account.accepts(acknowledge(1));

    assertThat(account.decide(sealed(GROUP, 4))).isEqualTo(MemberDecision.accept());
    assertThat(account.inbox().items()).isEmpty();
  }

  @Test
  void countsTheEpochsOfEachGroupOnItsOwn() {
    account.accepts(sealed(GROUP, 4));
    account.accepts(sealed(Fake.groupId("h"), 1));

    assertThat(account.inbox().items()).hasSize(2);
  }

  @Test
  void ignoresKeysOfDevicesThatItDoesNotHaveAndOwesTheirGroupTheNewestList() {
    DeviceAddress tablet = DeviceAddress.of("alice", "tablet");
    List<SealedKey> others = List.of(Fake.sealedKey(tablet, 1), Fake.sealedKey(BOB, 1));
    var command = new MemberCommand.TakeSealedKeys(GROUP, 1, BOB, others);

    assertThat(account.accepts(command).events())
        .containsExactly(
            new MemberEvent.GroupNoticesChanged(List.of(GROUP), List.of(), Account.START));
    assertThat(account.decide(command)).isEqualTo(MemberDecision.accept());
  }

  @Test
  void takesOneKeyADevice() {
    List<SealedKey> twice = List.of(Fake.sealedKey(PHONE, 1), Fake.sealedKey(PHONE, 2));
    account.accepts(new MemberCommand.TakeSealedKeys(GROUP, 1, BOB, twice));

    assertThat(account.inbox().items()).hasSize(1);
  }

  @Test
  void refusesKeysForSomebodyWhoIsNotRegistered() {
    assertThat(Account.beforeRegistration().refusal(sealed(GROUP, 1)))
        .contains(Reason.MEMBER_NOT_FOUND);
  }

  @ParameterizedTest(name = "up to {0} of 3: {1} left, {2}")
  @CsvSource({
    "-9223372036854775808, 3, ACKNOWLEDGEMENT_AHEAD",
    "-1, 3, ACKNOWLEDGEMENT_AHEAD",
    "0, 3, ",
    "1, 2, ",
    "3, 0, ",
    "4, 3, ACKNOWLEDGEMENT_AHEAD"
  })
  void forgetsWhatIsAcknowledged(long upTo, int left, Reason expected) {
    for (long epoch = 1; epoch <= 3; epoch++) {
      account.accepts(sealed(GROUP, epoch));
    }

    assertThat(account.refusal(acknowledge(upTo))).isEqualTo(Optional.ofNullable(expected));
    if (expected == null) {
      account.accepts(acknowledge(upTo));
    }
    assertThat(account.inbox().items()).hasSize(left);
  }

  @Test
  void repeatingAnAcknowledgementWritesNothing() {
    account.accepts(sealed(GROUP, 1));
    account.accepts(acknowledge(1));

    assertThat(account.decide(acknowledge(1))).isEqualTo(MemberDecision.accept());
    assertThat(account.decide(acknowledge(0))).isEqualTo(MemberDecision.accept());
  }

  @Test
  void neverUsesASequenceAgain() {
    account.accepts(sealed(GROUP, 1));
    account.accepts(acknowledge(1));
    account.accepts(sealed(GROUP, 2));

    assertThat(account.inbox().items()).extracting(InboxItem::sequence).containsExactly(2L);
  }

  @Test
  void refusesAcknowledgementsOfOthers() {
    DeviceAddress tablet = DeviceAddress.of("alice", "tablet");
    assertThat(account.refusal(new MemberCommand.AcknowledgeInbox(tablet, 0)))
        .contains(Reason.DEVICE_NOT_FOUND);
    assertThat(account.refusal(new MemberCommand.AcknowledgeInbox(BOB, 0)))
        .contains(Reason.MEMBER_NOT_FOUND);
  }

  @Test
  void answersItemsAfterASequence() {
    for (long epoch = 1; epoch <= 5; epoch++) {
      account.accepts(sealed(GROUP, epoch));
    }

    assertThat(account.inbox().after(2, 2)).extracting(InboxItem::sequence).containsExactly(3L, 4L);
    assertThat(account.inbox().after(5, 2)).isEmpty();
  }

  @ParameterizedTest(name = "{0} items")
  @ValueSource(ints = {999, 1000, 1001, 1100})
  void makesRoomForTheNewestWhenFull(int count) {
    Inbox inbox = filled(count);

    assertThat(inbox.items()).hasSize(Math.min(count, 1000));
    assertThat(inbox.items().get(0).sequence()).isEqualTo(Math.max(1, count - 999));
    assertThat(inbox.lastSequence()).isEqualTo(count);
  }

  @Test
  void dropsASealedKeyRatherThanTheWordThatKeysAreLow() {
    Inbox inbox = Inbox.EMPTY.plusKeysLow(3);
    for (int epoch = 1; epoch <= 1000; epoch++) {
      inbox = inbox.plus(GROUP, epoch, BOB, Fake.sealedKey(PHONE, epoch));
    }

    assertThat(inbox.items()).hasSize(1000);
    assertThat(inbox.saysKeysLow()).isTrue();
    assertThat(inbox.items().get(1).sequence()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0} groups, the first is remembered: {1}")
  @CsvSource({"999, true", "1000, true", "1001, false"})
  void remembersAThousandGroups(int groups, boolean remembered) {
    Inbox inbox = Inbox.EMPTY;
    for (int i = 0; i < groups; i++) {
      inbox = inbox.plus(Fake.groupId("g" + i), 7, BOB, Fake.sealedKey(PHONE, 7));
    }

    assertThat(inbox.newestEpoch(Fake.groupId("g0"))).isEqualTo(remembered ? 7 : 0);
    assertThat(inbox.newestEpoch(Fake.groupId("g1"))).isEqualTo(7);
  }

  @Test
  void forgetsTheGroupThatWasQuietForLongest() {
    Inbox inbox = filled(0);
    for (int i = 0; i < 1000; i++) {
      inbox = inbox.plus(Fake.groupId("g" + i), 1, BOB, Fake.sealedKey(PHONE, 1));
    }
    inbox = inbox.plus(Fake.groupId("g0"), 2, BOB, Fake.sealedKey(PHONE, 2));
    inbox = inbox.plus(Fake.groupId("new"), 1, BOB, Fake.sealedKey(PHONE, 1));

    assertThat(inbox.newestEpoch(Fake.groupId("g0"))).isEqualTo(2);
    assertThat(inbox.newestEpoch(Fake.groupId("g1"))).isZero();
  }

  @Test
  void anInboxOutOfBoundsCannotBeMade() {
    List<InboxItem> tooMany = IntStream.rangeClosed(1, 1001)
        .<InboxItem>mapToObj(i -> new InboxItem.KeysLow(i, 0))
        .toList();
    List<Inbox.TakenEpoch> groups = IntStream.rangeClosed(1, 1001)
        .mapToObj(i -> new Inbox.TakenEpoch(Fake.groupId("g" + i), 1, 0))
        .toList();

    assertThatIllegalArgumentException().isThrownBy(() -> new Inbox(tooMany, 1001, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Inbox(List.of(), 0, groups));
  }

  private static Inbox filled(int count) {
    Inbox inbox = Inbox.EMPTY;
    for (int epoch = 1; epoch <= count; epoch++) {
      inbox = inbox.plus(GROUP, epoch, BOB, Fake.sealedKey(PHONE, epoch));
    }
    return inbox;
  }
}
