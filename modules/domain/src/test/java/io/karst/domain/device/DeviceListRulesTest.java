package io.karst.domain.device;

import static io.karst.domain.device.Account.LIST;
import static io.karst.domain.device.Account.PHONE;
import static io.karst.domain.device.Account.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Fake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Linking and revoking devices, and starting over. */
class DeviceListRulesTest {

  private static final DeviceId LAPTOP = new DeviceId("laptop");
  private static final Bytes PROOF = Fake.bytes("proof", 32);
  private static final GroupId GROUP = Fake.groupId("g");

  private final Account account = Account.registered(2);

  @Test
  void aLinkedDeviceHasItsFallbackKeyItsProofAndAnEmptyInbox() {
    account.accepts(Account.sealed(GROUP, 1));
    account.accepts(adding(LAPTOP));
    Device laptop = account.member.device(LAPTOP).orElseThrow();
    assertThat(laptop).isEqualTo(Device.of(Fake.fallbackKey(0), PROOF));
    assertThat(account.member.chain().versions()).hasSize(2).first().isEqualTo(LIST);
    assertThat(account.member.owed()).containsExactly(GROUP);
  }

  @Test
  void repeatingAChangeIsHarmless() {
    MemberCommand.ChangeDevices change = adding(LAPTOP);
    account.accepts(change);
    assertThat(account.decide(change)).isEqualTo(MemberDecision.accept());
  }

  @Test
  void ofTwoChangesAtOnceOneIsStale() {
    MemberCommand.ChangeDevices other = adding(new DeviceId("tablet"));
    account.accepts(adding(LAPTOP));
    assertThat(account.refusal(other)).contains(Reason.DEVICE_LIST_STALE);
  }

  @Test
  void whatWasKeptForARevokedDeviceIsGoneAndItsIdIsUsedForEver() {
    account.accepts(adding(LAPTOP));
    account.accepts(removing(LAPTOP));
    assertThat(account.member.device(LAPTOP)).isEmpty();
    assertThat(account.refusal(adding(LAPTOP))).contains(Reason.DEVICE_ID_USED);
    var claim = new MemberCommand.ClaimKey(new DeviceAddress(PHONE.member(), LAPTOP), PHONE);
    assertThat(account.refusal(claim)).contains(Reason.DEVICE_NOT_FOUND);
  }

  @Test
  void aRevokedDeviceChangesNothingAnyMore() {
    account.accepts(adding(LAPTOP));
    account.accepts(removing(LAPTOP));
    DeviceList newest = newest();
    var change = new MemberCommand.ChangeDevices(
        new DeviceAddress(PHONE.member(), LAPTOP), newest, newest, List.of(), Bytes.EMPTY);
    assertThat(account.refusal(change)).contains(Reason.DEVICE_NOT_FOUND);
  }

  @Test
  void aChainThatIsFullStillLosesDevices() {
    while (newest().version() < DeviceChain.ADDING_VERSIONS_MAX) {
      DeviceId device = new DeviceId("device-" + newest().version());
      account.accepts(newest().devices().size() == 1 ? adding(device) : removing(other()));
    }
    assertThat(account.refusal(adding(new DeviceId("one-more"))))
        .contains(Reason.DEVICE_LISTS_FULL);
    if (newest().devices().size() > 1) {
      account.accepts(removing(other()));
      assertThat(newest().devices()).hasSize(1);
    }
  }

  @Test
  void groupsAreOwedUntilTheyWereToldOfTheNewestList() {
    account.accepts(Account.sealed(GROUP, 1));
    account.accepts(adding(LAPTOP));
    var old = new MemberCommand.MarkTold(LIST, List.of(GROUP));
    assertThat(account.decide(old)).isEqualTo(MemberDecision.accept());
    account.accepts(new MemberCommand.MarkTold(newest(), List.of(GROUP)));
    assertThat(account.member.owed()).isEmpty();
  }

  @Test
  void whoLostAllDevicesStartsOverWithAnotherOne() {
    account.accepts(Account.sealed(GROUP, 1));
    account.accepts(adding(LAPTOP));
    assertThat(account.refusal(startingOver("laptop"))).contains(Reason.DEVICE_ID_USED);
    account.accepts(startingOver("new-phone"));
    assertThat(newest().version()).isEqualTo(1);
    assertThat(account.member.devices()).containsOnlyKeys(new DeviceId("new-phone"));
    assertThat(account.member.chain().retired()).containsExactlyInAnyOrder(PHONE.device(), LAPTOP);
    assertThat(account.member.owed()).containsExactly(GROUP);
    assertThat(account.refusal(startingOver("phone"))).contains(Reason.DEVICE_ID_USED);
  }

  @Test
  void nobodyStartsOverWhoNeverBegan() {
    Account nobody = Account.beforeRegistration();
    assertThat(nobody.refusal(startingOver("phone"))).contains(Reason.MEMBER_NOT_FOUND);
    assertThat(nobody.now).isEqualTo(START);
  }

  private DeviceList newest() {
    return account.member.deviceList().orElseThrow();
  }

  private DeviceId other() {
    return newest().devices().stream()
        .map(DeviceIdentity::device)
        .filter(device -> !device.equals(PHONE.device()))
        .findFirst()
        .orElseThrow();
  }

  private MemberCommand.ChangeDevices adding(DeviceId device) {
    var devices = new ArrayList<>(newest().devices());
    devices.add(Fake.identity(new DeviceAddress(PHONE.member(), device), 1));
    devices.sort(Comparator.comparing(DeviceIdentity::device));
    return new MemberCommand.ChangeDevices(
        PHONE, newest(), next(devices), List.of(Fake.fallbackKey(0)), PROOF);
  }

  private MemberCommand.ChangeDevices removing(DeviceId device) {
    List<DeviceIdentity> left = newest().devices().stream()
        .filter(each -> !each.device().equals(device))
        .toList();
    return new MemberCommand.ChangeDevices(PHONE, newest(), next(left), List.of(), Bytes.EMPTY);
  }

  private DeviceList next(List<DeviceIdentity> devices) {
    return new DeviceList(
        PHONE.member(),
        newest().version() + 1,
        Fake.bytes("hash " + newest().version(), 32),
        devices,
        PHONE.device(),
        Fake.bytes("signature", 64));
  }

  private static MemberCommand.StartOver startingOver(String device) {
    var address = DeviceAddress.of("alice", device);
    var list = new DeviceList(
        address.member(),
        1,
        Bytes.EMPTY,
        List.of(Fake.identity(address, 5)),
        address.device(),
        Fake.bytes("signature", 64));
    return new MemberCommand.StartOver(new MemberCommand.Register(
        address, list, AccountRole.MEMBER, List.of(), Fake.fallbackKey(0)));
  }
}
