package io.karst.domain.group;

import static io.karst.domain.group.Scene.ALICE;
import static io.karst.domain.group.Scene.BOB;
import static io.karst.domain.group.Scene.CAROL;
import static io.karst.domain.group.Scene.DAVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.karst.domain.history.History;
import io.karst.domain.history.KeyShare;
import io.karst.domain.history.Sharing;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Fake;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Alice, bob and carol are in the group from epoch 1 on, dave from epoch 3 on. */
class ShareRulesTest {

  private static final Policy POLICY = new Policy(Scene.GRACE);

  private final Scene scene = Scene.created();

  private void daveJoinsUnder(Policy policy) {
    if (!policy.equals(scene.group.policy())) {
      scene.accepts(new GroupCommand.SetPolicy(ALICE, policy));
    }
    scene.accepts(scene.commit(ALICE));
    scene.accepts(scene.commit(ALICE, new Change.Add(DAVE.member(), Role.MEMBER)));
  }

  private static GroupCommand share(DeviceAddress by, DeviceAddress to, long from, long until) {
    return new GroupCommand.ShareHistory(
        new KeyShare(by, to, from, until, 1, Fake.bytes("keys", 40)));
  }

  @Test
  void anyMemberGivesEverythingWherePolicySaysSo() {
    daveJoinsUnder(POLICY.with(History.WHOLE));

    scene.accepts(share(CAROL, DAVE, 1, 2));

    assertThat(scene.group.sharing().readsFrom()).containsEntry(DAVE.member(), 1L);
    assertThat(scene.group.sharing().recent())
        .containsExactly(new Sharing.Recent(scene.group.size() - 1, scene.now, CAROL, DAVE, 1, 2));
  }

  @Test
  void anAdminChoosesTheFirstEpochWherePolicySaysSo() {
    daveJoinsUnder(POLICY.with(History.FROM_INDEX));

    assertThat(scene.refusal(share(CAROL, DAVE, 2, 2))).contains(Reason.ROLE_REQUIRED);
    scene.accepts(share(BOB, DAVE, 2, 2));
    assertThat(scene.group.sharing().readsFrom()).containsEntry(DAVE.member(), 2L);
  }

  @Test
  void nothingIsGivenToNewcomersByDefault() {
    daveJoinsUnder(POLICY);

    assertThat(scene.refusal(share(ALICE, DAVE, 2, 2))).contains(Reason.HISTORY_FORBIDDEN);
  }

  @ParameterizedTest
  @EnumSource(History.class)
  void whoWasThereMayHaveItsKeysAgainUnderAnyPolicy(History history) {
    daveJoinsUnder(POLICY.with(history));

    scene.accepts(share(CAROL, BOB, 1, 3));

    assertThat(scene.group.sharing().readsFrom()).isEmpty();
  }

  @Test
  void devicesThatForgetHaveNothingToGive() {
    daveJoinsUnder(POLICY.thatForgets());

    assertThat(scene.refusal(share(CAROL, BOB, 1, 3))).contains(Reason.HISTORY_FORBIDDEN);
  }

  @ParameterizedTest(name = "{0} gives {1} epochs {2} to {3}: {4}")
  @CsvSource({
    "dave, bob, 2, 3, DEVICE_NOT_IN_ROSTER",
    "alice, alice, 1, 3, DEVICE_NOT_FOUND",
    "alice, erin, 1, 3, DEVICE_NOT_FOUND",
    "alice, dave, 1, 4, EPOCH_UNKNOWN",
    "alice, dave, 1, 1, HISTORY_RANGE_INVALID",
    "erin, dave, 1, 2, GROUP_NOT_FOUND",
  })
  void refuses(String by, String to, long from, long until, Reason reason) {
    daveJoinsUnder(POLICY.with(History.WHOLE));
    GroupCommand command =
        share(DeviceAddress.of(by, "phone"), DeviceAddress.of(to, "phone"), from, until);

    assertThat(scene.refusal(command)).contains(reason);
  }

  @Test
  void aFurtherGrantMayGoFurtherBackWithoutAGap() {
    daveJoinsUnder(POLICY.with(History.WHOLE));

    scene.accepts(share(ALICE, DAVE, 2, 2));
    scene.accepts(share(ALICE, DAVE, 1, 1));

    assertThat(scene.group.sharing().readsFrom()).containsEntry(DAVE.member(), 1L);
  }

  @Test
  void whoWasOutMeanwhileWasNotThere() {
    daveJoinsUnder(POLICY);
    scene.accepts(scene.commit(ALICE, new Change.Remove(CAROL.member())));
    scene.accepts(scene.commit(ALICE, new Change.Add(CAROL.member(), Role.MEMBER)));

    assertThat(scene.group.sharing().since(CAROL)).contains(5L);
    assertThat(scene.refusal(share(CAROL, BOB, 1, 3))).contains(Reason.DEVICE_NOT_IN_ROSTER);
    assertThat(scene.refusal(share(ALICE, CAROL, 1, 4))).contains(Reason.HISTORY_FORBIDDEN);
  }

  @Test
  void whatWasGivenEndsWithTheMembership() {
    daveJoinsUnder(POLICY.with(History.WHOLE));
    scene.accepts(share(ALICE, DAVE, 1, 2));

    scene.accepts(scene.commit(ALICE, new Change.Remove(DAVE.member())));

    assertThat(scene.group.sharing().readsFrom()).isEmpty();
  }

  @Test
  void anArchivedGroupTakesNoShares() {
    daveJoinsUnder(POLICY.with(History.WHOLE));
    scene.accepts(new GroupCommand.Archive(ALICE));

    assertThat(scene.refusal(share(ALICE, DAVE, 1, 2))).contains(Reason.GROUP_ARCHIVED);
  }

  @Test
  void aReplayRefusesAShareThatWasForbidden() {
    daveJoinsUnder(POLICY);
    var event = new GroupEvent.HistoryShared(
        new KeyShare(ALICE, DAVE, 1, 2, 1, Fake.bytes("keys", 40)), scene.now);

    assertThatIllegalStateException().isThrownBy(() -> scene.group.evolve(event));
  }

  @Test
  void onlyTheNewestSharesAreRememberedAndOnlyForADay() {
    daveJoinsUnder(POLICY.with(History.WHOLE));
    for (int i = 0; i <= Sharing.RECENT_MAX; i++) {
      scene.accepts(share(ALICE, DAVE, 1, 2));
    }
    Sharing sharing = scene.group.sharing();

    assertThat(sharing.recent()).hasSize(Sharing.RECENT_MAX);
    assertThat(sharing.recent().get(Sharing.RECENT_MAX - 1).offset())
        .isEqualTo(scene.group.size() - 1);
    assertThat(sharing.toTellAgain(scene.now)).hasSize(Sharing.RECENT_MAX);
    assertThat(sharing.toTellAgain(scene.now.plus(Duration.ofDays(1)))).isEmpty();
  }

  @Test
  void aPolicyCannotForgetAndShare() {
    assertThatIllegalArgumentException().isThrownBy(() -> POLICY.thatForgets().with(History.WHOLE));
  }

  @ParameterizedTest(name = "epochs {0} to {1}, type {2}, {3} bytes")
  @CsvSource({
    "0, 1, 0, 1",
    "2, 1, 0, 1",
    "1, 1, 2, 1",
    "1, 1, -1, 1",
    "1, 1, 0, 0",
    "1, 1, 0, 49153"
  })
  void aShareOutOfBoundsCannotBeMade(long from, long until, int type, int length) {
    var message = io.karst.domain.bytes.Bytes.copyOf(new byte[length]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyShare(ALICE, DAVE, from, until, type, message));
  }
}
