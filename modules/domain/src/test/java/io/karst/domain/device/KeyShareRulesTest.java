package io.karst.domain.device;

import static io.karst.domain.device.Account.BOB;
import static io.karst.domain.device.Account.PHONE;
import static io.karst.domain.device.Account.acknowledge;
import static io.karst.domain.device.Account.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Fake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyShareRulesTest {

  private static final GroupId GROUP = Fake.groupId("g");

  private final Account account = Account.registered(50);

  private static MemberCommand share(DeviceAddress to, long offset) {
    return new MemberCommand.TakeKeyShare(to, new ToldShare(GROUP, offset, BOB, 1, 3));
  }

  private static MemberCommand request(DeviceAddress by, DeviceAddress to) {
    return new MemberCommand.TakeKeyRequest(new KeyRequest(GROUP, by, 1, 3, Fake.sealedKey(to, 1)));
  }

  @ParameterizedTest(name = "a share at {0} after one at 7: {1} new")
  @CsvSource({"6, 0", "7, 0", "8, 1"})
  void isToldOfEachShareOnce(long offset, int fresh) {
    account.accepts(share(PHONE, 7));

    assertThat(account.decide(share(PHONE, offset)).events()).hasSize(fresh);
  }

  @Test
  void isToldOfNoShareAgainAfterItWasAcknowledgedAndAnEpochCame() {
    account.accepts(share(PHONE, 7));
    account.accepts(acknowledge(1));
    account.accepts(sealed(GROUP, 4));

    assertThat(account.decide(share(PHONE, 7))).isEqualTo(MemberDecision.accept());
    assertThat(account.decide(sealed(GROUP, 4))).isEqualTo(MemberDecision.accept());
  }

  @Test
  void aShareForADeviceThatIsGoneIsIgnoredSoThatTheGroupNeedNotWait() {
    assertThat(account.decide(share(DeviceAddress.of("alice", "tablet"), 7)))
        .isEqualTo(MemberDecision.accept());
  }

  @ParameterizedTest(name = "after {0} shares {1} wait")
  @CsvSource({"99, 99", "100, 100", "101, 100"})
  void theOldestShareMakesRoom(int told, int waiting) {
    for (int i = 1; i <= told; i++) {
      account.accepts(share(PHONE, i));
    }

    assertThat(account.inbox().items()).hasSize(waiting);
    assertThat(account.inbox().items().get(waiting - 1).sequence()).isEqualTo(told);
  }

  @Test
  void aFullInboxGivesWayWithItsOldestSealedKey() {
    account.accepts(share(PHONE, 7));
    for (int epoch = 1; epoch <= Inbox.ITEMS_MAX; epoch++) {
      account.accepts(sealed(GROUP, epoch));
    }

    assertThat(account.inbox().items()).hasSize(Inbox.ITEMS_MAX);
    assertThat(account.inbox().items().get(0)).isInstanceOf(InboxItem.KeysShared.class);
  }

  @Test
  void oneQuestionOfADeviceWaitsAtATime() {
    account.accepts(request(BOB, PHONE));

    assertThat(account.decide(request(BOB, PHONE))).isEqualTo(MemberDecision.accept());
    account.accepts(acknowledge(1));
    assertThat(account.decide(request(BOB, PHONE)).events()).hasSize(1);
  }

  @Test
  void aDeviceIsAskedByAFewAtATime() {
    for (int i = 0; i < Inbox.REQUESTS_MAX; i++) {
      assertThat(account
              .accepts(request(DeviceAddress.of("m" + i, "phone"), PHONE))
              .events())
          .hasSize(1);
    }

    assertThat(account.decide(request(BOB, PHONE))).isEqualTo(MemberDecision.accept());
  }

  @Test
  void aQuestionToADeviceThatThereIsNotIsRefused() {
    assertThat(account.refusal(request(BOB, DeviceAddress.of("alice", "tablet"))))
        .contains(Reason.DEVICE_NOT_FOUND);
  }
}
