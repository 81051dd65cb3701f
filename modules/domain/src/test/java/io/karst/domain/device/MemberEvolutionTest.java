package io.karst.domain.device;

import static io.karst.domain.device.Account.BOB;
import static io.karst.domain.device.Account.DEVICE;
import static io.karst.domain.device.Account.LIST;
import static io.karst.domain.device.Account.PHONE;
import static io.karst.domain.device.Account.START;
import static io.karst.domain.device.Account.keys;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.walk.Directory;
import io.karst.domain.walk.Fake;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no journal of ours can hold is never skipped. */
class MemberEvolutionTest {

  private static final DeviceId TABLET = new DeviceId("tablet");

  static Stream<Arguments> impossible() {
    return Stream.of(
        row("registered again", registered(LIST, Fake.fallbackKey(0))),
        row("keys of another device", added(TABLET, keys(12, 13))),
        row("no keys", added(DEVICE, List.of())),
        row("keys below the watermark", added(DEVICE, keys(11, 13))),
        row("keys out of order", added(DEVICE, List.of(key(13), key(12)))),
        row("a key twice", added(DEVICE, List.of(key(12), key(12)))),
        row("a fallback key among them", added(DEVICE, List.of(Fake.fallbackKey(12)))),
        row("too many keys", added(DEVICE, keys(12, 101))),
        row("an older fallback key", fallback(DEVICE, Fake.fallbackKey(0))),
        row("a one-time key as fallback", fallback(DEVICE, key(9))),
        row("another device's fallback", fallback(TABLET, Fake.fallbackKey(9))),
        row("a key claimed out of turn", claimed(DEVICE, 1)),
        row("another device's key", claimed(TABLET, 0)),
        row("low while it is not", new MemberEvent.KeysRanLow(DEVICE, 12, START)),
        row("sealed for nobody", sealed(PHONE, 2, 0)),
        row("sealed for another member", sealed(BOB, 2, 1)),
        row("sealed for another device", sealed(DeviceAddress.of("alice", "tablet"), 2, 1)),
        row("an epoch again", sealed(PHONE, 1, 1)),
        row("epoch 0", sealed(PHONE, 0, 1)),
        row("a device twice", sealed(PHONE, 2, 2)),
        row("acknowledged ahead", acknowledged(DEVICE, 2)),
        row("acknowledged nothing", acknowledged(DEVICE, 0)),
        row("acknowledged by another", acknowledged(TABLET, 1)),
        row(
            "before the newest event",
            new MemberEvent.InboxAcknowledged(DEVICE, 1, START.minusMillis(1))));
  }

  /** Twelve keys are held, one sealed key (epoch 1) is queued. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("impossible")
  void refusesWhatTheRulesCannotDecide(String what, MemberEvent event) {
    var account = Account.registered(12);
    account.accepts(Account.sealed(Fake.groupId("g"), 1));

    assertImpossible(account.member, event);
  }

  static Stream<Arguments> impossibleFirst() {
    return Stream.of(
        row("another member", registered(list("bob", "phone"), Fake.fallbackKey(0))),
        row("two devices", registered(list("alice", "phone", "tablet"), Fake.fallbackKey(0))),
        row("a one-time key as fallback", registered(LIST, key(0))),
        row("keys", added(DEVICE, keys(0, 1))),
        row("a claim", claimed(DEVICE, 0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossibleFirst")
  void refusesAnythingButARightRegistrationFirst(String what, MemberEvent event) {
    assertImpossible(Account.beforeRegistration().member, event);
  }

  @Test
  void refusesALaterVersionFirst() {
    DeviceList second =
        new Directory().register("alice", "phone").register("alice", "phone").list(PHONE.member());

    assertImpossible(Account.beforeRegistration().member, registered(second, Fake.fallbackKey(0)));
  }

  @Test
  void refusesASignerThatTheListDoesNotName() {
    var list = new DeviceList(
        LIST.member(), 1, LIST.previousHash(), LIST.devices(), TABLET, LIST.signature());

    assertImpossible(Account.beforeRegistration().member, registered(list, Fake.fallbackKey(0)));
  }

  @Test
  void refusesTheWordThatKeysAreLowTwiceOrWithAWrongCount() {
    var account = Account.registered(5);
    assertImpossible(account.member, new MemberEvent.KeysRanLow(DEVICE, 4, START));
    account.accepts(Account.claim());

    assertImpossible(account.member, new MemberEvent.KeysRanLow(DEVICE, 4, START));
  }

  private static void assertImpossible(Member member, MemberEvent event) {
    assertThatThrownBy(() -> member.evolve(event))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("impossible event: " + event.getClass().getSimpleName());
  }

  private static SignedKey key(long id) {
    return Fake.oneTimeKey(id);
  }

  private static DeviceList list(String member, String... devices) {
    return new Directory().register(member, devices).list(new MemberId(member));
  }

  private static MemberEvent registered(DeviceList list, SignedKey fallback) {
    return new MemberEvent.MemberRegistered(list, AccountRole.MEMBER, fallback, START);
  }

  private static MemberEvent added(DeviceId device, List<SignedKey> keys) {
    return new MemberEvent.OneTimeKeysAdded(device, keys, START);
  }

  private static MemberEvent fallback(DeviceId device, SignedKey key) {
    return new MemberEvent.FallbackKeyReplaced(device, key, START);
  }

  private static MemberEvent claimed(DeviceId device, long id) {
    return new MemberEvent.OneTimeKeyClaimed(device, BOB, id, START);
  }

  private static MemberEvent sealed(DeviceAddress device, long epoch, int times) {
    return new MemberEvent.SealedKeysTaken(
        Fake.groupId("g"),
        epoch,
        BOB,
        Collections.nCopies(times, Fake.sealedKey(device, epoch)),
        START);
  }

  private static MemberEvent acknowledged(DeviceId device, long upTo) {
    return new MemberEvent.InboxAcknowledged(device, upTo, START);
  }

  private static Arguments row(String what, MemberEvent event) {
    return arguments(what, event);
  }
}
