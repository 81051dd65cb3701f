package io.karst.domain.device;

import static io.karst.domain.device.Account.BOB;
import static io.karst.domain.device.Account.PHONE;
import static io.karst.domain.device.Account.claim;
import static io.karst.domain.device.Account.keys;
import static io.karst.domain.device.Account.other;
import static io.karst.domain.device.Account.upload;
import static io.karst.domain.device.Account.uploadFallback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.karst.domain.device.MemberDecision.KeyRefusal;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Fake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyRulesTest {

  static Stream<Arguments> uploads() {
    return Stream.of(
        arguments("the next id", Fake.oneTimeKey(20), Optional.empty()),
        arguments("an id further on", Fake.oneTimeKey(99), Optional.empty()),
        arguments("a key that is held", Fake.oneTimeKey(19), Optional.empty()),
        refused("other bytes", other(Fake.oneTimeKey(19)), Reason.ONE_TIME_KEY_CONFLICT),
        refused("a key handed out", Fake.oneTimeKey(0), Reason.ONE_TIME_KEY_USED),
        refused("its id", other(Fake.oneTimeKey(0)), Reason.ONE_TIME_KEY_USED),
        refused("an id skipped", Fake.oneTimeKey(9), Reason.ONE_TIME_KEY_USED),
        refused("a fallback key", Fake.fallbackKey(20), Reason.KEY_INVALID));
  }

  /** Keys 0 to 8 and 10 to 19 were taken, 0 was handed out. */
  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("uploads")
  void judgesEachKey(String what, SignedKey key, Optional<Reason> expected) {
    var account = Account.registered(9);
    account.accepts(new MemberCommand.UploadKeys(PHONE, keys(10, 20), List.of()));
    account.accepts(claim());

    assertThat(refusals(account.decide(upload(key))))
        .as(what)
        .isEqualTo(
            expected.map(reason -> List.of(new KeyRefusal(key.keyId(), reason))).orElse(List.of()));
  }

  static Stream<Arguments> fallbackKeys() {
    return Stream.of(
        arguments("the next id", Fake.fallbackKey(8), Optional.empty()),
        arguments("the same key", Fake.fallbackKey(7), Optional.empty()),
        refused("other bytes", other(Fake.fallbackKey(7)), Reason.ONE_TIME_KEY_CONFLICT),
        refused("an older key", Fake.fallbackKey(6), Reason.ONE_TIME_KEY_USED),
        refused("a one-time key", Fake.oneTimeKey(8), Reason.KEY_INVALID));
  }

  /** Fallback key 7 is current. */
  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("fallbackKeys")
  void judgesTheFallbackKey(String what, SignedKey key, Optional<Reason> expected) {
    var account = Account.registered(1);
    account.accepts(uploadFallback(Fake.fallbackKey(7)));

    assertThat(refusals(account.decide(uploadFallback(key))))
        .as(what)
        .isEqualTo(
            expected.map(reason -> List.of(new KeyRefusal(key.keyId(), reason))).orElse(List.of()));
  }

  @Test
  void aBadKeySpoilsNoOther() {
    var account = Account.registered(2);
    var decision =
        account.accepts(upload(Fake.oneTimeKey(3), other(Fake.oneTimeKey(1)), Fake.oneTimeKey(2)));

    assertThat(decision)
        .isEqualTo(new MemberDecision.Uploaded(
            List.of(new MemberEvent.OneTimeKeysAdded(Account.DEVICE, keys(2, 4), Account.START)),
            List.of(new KeyRefusal(1, Reason.ONE_TIME_KEY_CONFLICT))));
    assertThat(account.stock().oneTimeKeys()).isEqualTo(keys(0, 4));
  }

  @Test
  void repeatingAnUploadWritesNothing() {
    var account = Account.registered(2);

    assertThat(account.decide(upload(Fake.oneTimeKey(0), Fake.oneTimeKey(1))))
        .isEqualTo(new MemberDecision.Uploaded(List.of(), List.of()));
    assertThat(account.decide(uploadFallback(Fake.fallbackKey(0))).events()).isEmpty();
  }

  @Test
  void holdsAHundredKeysAndLeavesTheSurplusForLater() {
    var account = Account.registered(98);
    var surplus = new ArrayList<>(keys(98, 102));
    Collections.reverse(surplus);
    var decision = account.accepts(new MemberCommand.UploadKeys(PHONE, surplus, List.of()));

    assertThat(refusals(decision))
        .containsExactly(
            new KeyRefusal(100, Reason.ONE_TIME_KEYS_FULL),
            new KeyRefusal(101, Reason.ONE_TIME_KEYS_FULL));
    assertThat(account.stock().oneTimeKeys()).isEqualTo(keys(0, 100));
    account.accepts(claim());
    assertThat(refusals(account.decide(upload(Fake.oneTimeKey(100))))).isEmpty();
  }

  @Test
  void refusesMoreThanAHundredKeysAtOnce() {
    var account = Account.registered(0);
    assertThat(account.refusal(new MemberCommand.UploadKeys(PHONE, keys(0, 101), List.of())))
        .contains(Reason.TOO_MANY_ITEMS);
    assertThat(account.refusal(new MemberCommand.UploadKeys(PHONE, keys(0, 100), List.of())))
        .isEmpty();
  }

  @Test
  void handsOutEveryKeyOnceOldestFirstThenTheFallbackKey() {
    var account = Account.registered(3);

    assertThat(List.of(account.claims(), account.claims(), account.claims())).isEqualTo(keys(0, 3));
    assertThat(account.claims()).isEqualTo(Fake.fallbackKey(0));
    assertThat(account.claims()).isEqualTo(Fake.fallbackKey(0));
  }

  @Test
  void recordsWhoClaimedAKey() {
    assertThat(Account.registered(20).decide(claim()))
        .isEqualTo(new MemberDecision.Claimed(
            List.of(new MemberEvent.OneTimeKeyClaimed(Account.DEVICE, BOB, 0, Account.START)),
            Fake.oneTimeKey(0)));
  }

  @Test
  void saysOnceThatKeysAreLowUntilItIsAcknowledged() {
    var account = Account.registered(12);
    account.claims();
    assertThat(account.inbox().items()).isEmpty();
    account.claims();
    assertThat(account.inbox().items()).containsExactly(new InboxItem.KeysLow(1, 10));
    account.claims();
    assertThat(account.inbox().items()).hasSize(1);

    account.accepts(Account.acknowledge(1));
    account.claims();
    assertThat(account.inbox().items()).containsExactly(new InboxItem.KeysLow(2, 8));
  }

  @Test
  void saysThatNoKeyIsLeft() {
    var account = Account.registered(0);
    account.claims();

    assertThat(account.inbox().items()).containsExactly(new InboxItem.KeysLow(1, 0));
  }

  @Test
  void refusesUnknownMembersAndDevices() {
    DeviceAddress tablet = DeviceAddress.of("alice", "tablet");
    var account = Account.registered(1);
    assertThat(account.refusal(new MemberCommand.ClaimKey(tablet, BOB)))
        .contains(Reason.DEVICE_NOT_FOUND);
    assertThat(account.refusal(new MemberCommand.ClaimKey(BOB, PHONE)))
        .contains(Reason.MEMBER_NOT_FOUND);
    assertThat(account.refusal(new MemberCommand.UploadKeys(tablet, List.of(), List.of())))
        .contains(Reason.DEVICE_NOT_FOUND);
    var nobody = Account.beforeRegistration();
    assertThat(nobody.refusal(claim())).contains(Reason.MEMBER_NOT_FOUND);
    assertThat(nobody.refusal(upload())).contains(Reason.MEMBER_NOT_FOUND);
  }

  @Test
  void replacesOneFallbackKeyAtATime() {
    var two = List.of(Fake.fallbackKey(1), Fake.fallbackKey(2));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemberCommand.UploadKeys(PHONE, List.of(), two));
  }

  @Test
  void aStockThatBreaksItsInvariantCannotBeMade() {
    SignedKey fallback = Fake.fallbackKey(0);
    assertThat(new KeyStock(keys(0, 100), 99, fallback).oneTimeKeys()).hasSize(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyStock(keys(0, 101), 100, fallback));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyStock(keys(0, 2), 0, fallback));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyStock(keys(0, 1), 0, Fake.oneTimeKey(5)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyStock(List.of(fallback), 0, fallback));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new KeyStock(List.of(Fake.oneTimeKey(1), Fake.oneTimeKey(1)), 1, fallback));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyStock(List.of(), -2, fallback));
  }

  private static List<KeyRefusal> refusals(MemberDecision decision) {
    return ((MemberDecision.Uploaded) decision).refusals();
  }

  private static Arguments refused(String what, SignedKey key, Reason reason) {
    return arguments(what, key, Optional.of(reason));
  }
}
