package io.karst.domain.device;

import static io.karst.domain.device.Account.acknowledge;
import static io.karst.domain.device.Account.sealed;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.access.DeviceTrace;
import io.karst.domain.access.KeyState;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.walk.Fake;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What an account remembers of the keys that were sealed to its devices. */
class KeyTraceTest {

  private static final GroupId GROUP = Fake.groupId("g");
  private static final long NOT_DELIVERED = 0;

  private final Account account = Account.registered(50);

  @Test
  void aKeyIsOnItsWayUntilTheInboxTakesIt() {
    assertThat(key(4)).isEqualTo(KeyState.SEALED);
    account.accepts(sealed(GROUP, 4));
    assertThat(key(4)).isEqualTo(KeyState.DELIVERED);
    assertThat(key(5)).isEqualTo(KeyState.SEALED);
    account.accepts(acknowledge(1));
    assertThat(key(4)).isEqualTo(KeyState.ACKNOWLEDGED);
  }

  @Test
  void theGroupRemembersDeliveriesThatAnInboxHasForgotten() {
    DeviceTrace trace = trace(new EpochRange(1, 9));
    assertThat(trace.inbox().key(3, 3)).isEqualTo(KeyState.ACKNOWLEDGED);
    assertThat(trace.inbox().key(4, 3)).isEqualTo(KeyState.SEALED);
  }

  @Test
  void aFullInboxHasPushedTheOldestKeyOut() {
    for (long epoch = 1; epoch <= Inbox.ITEMS_MAX; epoch++) {
      account.accepts(sealed(GROUP, epoch));
    }
    assertThat(key(1)).isEqualTo(KeyState.DELIVERED);
    account.accepts(sealed(GROUP, Inbox.ITEMS_MAX + 1));
    assertThat(key(1)).isEqualTo(KeyState.CROWDED_OUT);
    assertThat(key(2)).isEqualTo(KeyState.DELIVERED);
    account.accepts(acknowledge(2));
    assertThat(key(1)).isEqualTo(KeyState.ACKNOWLEDGED);
  }

  @Test
  void otherGroupsAndEpochsThatWereNotAskedForAreLeftOut() {
    account.accepts(sealed(Fake.groupId("h"), 4));
    account.accepts(sealed(GROUP, 2));
    account.accepts(sealed(GROUP, 3));
    account.accepts(sealed(GROUP, 6));
    DeviceTrace trace = trace(new EpochRange(3, 5));
    assertThat(trace.inbox().waiting()).isEqualTo(List.of(3L));
    assertThat(trace.inbox().newest()).isEqualTo(6);
  }

  @Test
  void fallbackKeysThatWereReplacedAreRememberedUpToABound() {
    assertThat(fallbackKeys()).containsExactly(fallbackKey(0));
    for (long id = 1; id <= KeyStock.PAST_FALLBACK_KEYS_MAX; id++) {
      replaceFallbackKey(id);
    }
    assertThat(fallbackKeys()).containsExactlyElementsOf(keys(0, KeyStock.PAST_FALLBACK_KEYS_MAX));
    replaceFallbackKey(KeyStock.PAST_FALLBACK_KEYS_MAX + 1);
    assertThat(fallbackKeys())
        .containsExactlyElementsOf(keys(1, KeyStock.PAST_FALLBACK_KEYS_MAX + 1));
  }

  @Test
  void aFallbackKeyThatIsUploadedAgainIsNotOfThePast() {
    replaceFallbackKey(1);
    replaceFallbackKey(1);
    assertThat(fallbackKeys()).containsExactly(fallbackKey(0), fallbackKey(1));
  }

  private void replaceFallbackKey(long id) {
    account.accepts(Account.uploadFallback(Fake.fallbackKey(id)));
  }

  private List<Bytes> fallbackKeys() {
    return trace(new EpochRange(1, 1)).fallbackKeys();
  }

  private static List<Bytes> keys(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(KeyTraceTest::fallbackKey)
        .toList();
  }

  private static Bytes fallbackKey(long id) {
    return Fake.fallbackKey(id).curve25519Key();
  }

  @Test
  void aDeviceThatIsOnNoNewerListIsRevoked() {
    Member known = account.member;
    var tablet = new DeviceIdentity(
        new DeviceId("tablet"), Fake.bytes("tablet", 32), Fake.bytes("tablet2", 32));
    var before = new DeviceList(
        known.id(),
        1,
        Bytes.EMPTY,
        List.of(Account.LIST.devices().get(0), tablet),
        Account.DEVICE,
        Fake.bytes("signature", 64));
    var after = new DeviceList(
        known.id(),
        2,
        Fake.bytes("hash", 32),
        Account.LIST.devices(),
        Account.DEVICE,
        Fake.bytes("signature", 64));
    var lost = new DeviceId("lost");
    var member = new Member(
        known.id(),
        new DeviceChain(List.of(before, after), Set.of(lost)),
        known.role(),
        known.devices(),
        Set.of(),
        known.lastAt());
    Map<DeviceId, DeviceTrace> traces = DeviceTrace.of(member, GROUP, new EpochRange(1, 1));
    assertThat(traces).containsOnlyKeys(Account.DEVICE, tablet.device(), lost);
    assertThat(traces.get(lost)).matches(DeviceTrace::revoked);
    assertThat(traces.get(tablet.device())).matches(DeviceTrace::revoked);
    assertThat(traces.get(Account.DEVICE)).matches(trace -> !trace.revoked());
  }

  private KeyState key(long epoch) {
    return trace(new EpochRange(epoch, epoch)).inbox().key(epoch, NOT_DELIVERED);
  }

  private DeviceTrace trace(EpochRange range) {
    return requireNonNull(DeviceTrace.of(account.member, GROUP, range).get(Account.DEVICE));
  }
}
