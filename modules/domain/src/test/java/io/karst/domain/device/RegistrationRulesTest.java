package io.karst.domain.device;

import static io.karst.domain.device.Account.LIST;
import static io.karst.domain.device.Account.PHONE;
import static io.karst.domain.device.Account.keys;
import static io.karst.domain.device.Account.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Directory;
import io.karst.domain.walk.Fake;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationRulesTest {

  private final Account account = Account.beforeRegistration();

  @Test
  void registersTheDeviceWithItsKeys() {
    assertThat(account.decide(registration(keys(0, 2))))
        .isEqualTo(MemberDecision.accept(
            new MemberEvent.MemberRegistered(
                LIST, AccountRole.MEMBER, Fake.fallbackKey(0), Account.START),
            new MemberEvent.OneTimeKeysAdded(Account.DEVICE, keys(0, 2), Account.START)));
  }

  @Test
  void remembersTheRoleOfAnAuditor() {
    account.accepts(new MemberCommand.Register(
        PHONE, LIST, AccountRole.AUDITOR, List.of(), Fake.fallbackKey(0)));

    assertThat(account.member.role()).isEqualTo(AccountRole.AUDITOR);
    assertThat(account.member.deviceList()).contains(LIST);
  }

  static Stream<Arguments> lists() {
    DeviceList two = list("alice", "phone", "tablet");
    DeviceList second = new Directory()
        .register("alice", "phone")
        .register("alice", "phone")
        .list(new MemberId("alice"));
    DeviceList signedByOther = new DeviceList(
        LIST.member(),
        1,
        LIST.previousHash(),
        LIST.devices(),
        new DeviceId("other"),
        LIST.signature());
    return Stream.of(
        arguments("two devices", PHONE, two),
        arguments("version 2", PHONE, second),
        arguments("another member's list", PHONE, list("bob", "phone")),
        arguments("another device's list", PHONE, list("alice", "tablet")),
        arguments("signed by another device", PHONE, signedByOther),
        arguments("from another member", Account.BOB, LIST),
        arguments("from another device", DeviceAddress.of("alice", "tablet"), LIST));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lists")
  void refusesAListThatIsNotTheFirstOfThisDevice(String what, DeviceAddress by, DeviceList list) {
    var command =
        new MemberCommand.Register(by, list, AccountRole.MEMBER, List.of(), Fake.fallbackKey(0));

    assertThat(account.refusal(command)).as(what).contains(Reason.DEVICE_LIST_INVALID);
  }

  @ParameterizedTest(name = "{0} keys")
  @ValueSource(ints = {0, 1, 99, 100})
  void takesUpToAHundredKeys(int count) {
    account.accepts(registration(keys(0, count)));

    assertThat(account.stock().oneTimeKeys()).hasSize(count);
  }

  @Test
  void refusesMoreThanAHundredKeys() {
    assertThat(account.refusal(registration(keys(0, 101)))).contains(Reason.TOO_MANY_ITEMS);
  }

  @Test
  void refusesKeysOfTheWrongKind() {
    var fallback =
        new MemberCommand.Register(PHONE, LIST, AccountRole.MEMBER, List.of(), Fake.oneTimeKey(0));

    assertThat(account.refusal(fallback)).contains(Reason.KEY_INVALID);
    assertThat(account.refusal(registration(List.of(Fake.fallbackKey(1)))))
        .contains(Reason.KEY_INVALID);
  }

  @Test
  void refusesTwoKeysOfOneId() {
    SignedKey key = Fake.oneTimeKey(1);

    assertThat(account.refusal(registration(List.of(key, Account.other(key)))))
        .contains(Reason.ONE_TIME_KEY_CONFLICT);
    assertThat(account.refusal(registration(List.of(key, key)))).isEmpty();
  }

  @Test
  void acceptsTheSameListAgainWithoutWritingAgain() {
    account.accepts(registration(keys(0, 2)));

    assertThat(account.decide(registration(keys(5, 9)))).isEqualTo(MemberDecision.accept());
  }

  @Test
  void refusesAnotherListOnceRegistered() {
    account.accepts(registration(keys(0, 2)));
    var command = new MemberCommand.Register(
        DeviceAddress.of("alice", "tablet"),
        list("alice", "tablet"),
        AccountRole.MEMBER,
        List.of(),
        Fake.fallbackKey(0));

    assertThat(account.refusal(command)).contains(Reason.MEMBER_EXISTS);
  }

  @Test
  void datesEventsInWholeMillisecondsAndNeverBeforeTheNewest() {
    account.later(Duration.ofNanos(1_999_999));
    account.accepts(registration(keys(0, 2)));
    assertThat(account.member.lastAt()).isEqualTo(Account.START.plusMillis(1));

    account.later(Duration.ofSeconds(-10)).accepts(Account.claim());
    assertThat(account.member.lastAt()).isEqualTo(Account.START.plusMillis(1));
  }

  private static DeviceList list(String member, String... devices) {
    return new Directory().register(member, devices).list(new MemberId(member));
  }
}
