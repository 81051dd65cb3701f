package io.karst.client.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.epoch.LostEpochs;
import io.karst.client.hand.HandBackend;
import io.karst.client.hand.HandChannel;
import io.karst.client.hand.HandPhone;
import io.karst.client.hand.HandServer;
import io.karst.client.recovery.Rung;
import io.karst.client.store.EpochRow;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.group.Policy;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.testkit.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a device says of epochs that it has forgotten and learns of once more. */
class PastEpochsTest {

  private static final int EPOCHS = 5;

  private final VirtualTime time = new VirtualTime();
  private final HandServer server = new HandServer();
  private final HandBackend backend = new HandBackend(server);
  private final HandPhone ann =
      new HandPhone(DeviceAddress.of("ann", "phone"), time, server, 20_265);
  private GroupId group = new GroupId("0".repeat(32));

  @Test
  void anEpochThatWasOpenedAndForgottenSaysThatItsKeysAreNotKept() {
    hasEpochs(policy(true));
    forgetBefore(4);
    assertThat(why(2)).as("not known at all").isEqualTo(UnreadableReason.INDEX_TOO_OLD);
    learn(1);
    assertThat(access(2)).isEqualTo(EpochRow.Access.FORGOTTEN);
    assertThat(why(2)).isEqualTo(UnreadableReason.INDEX_TOO_OLD);
  }

  @Test
  void anEpochThatNeverOpenedSaysSoAlsoWhenItIsLearnedOfOnceMore() {
    hasEpochs(policy(false));
    loses(2);
    forgetBefore(4);
    assertThat(why(2)).isEqualTo(UnreadableReason.KEY_NOT_OPENED);
    learn(1);
    assertThat(access(1)).isEqualTo(EpochRow.Access.FORGOTTEN);
    assertThat(access(2)).isEqualTo(EpochRow.Access.KEY_NOT_OPENED);
    assertThat(access(3)).isEqualTo(EpochRow.Access.FORGOTTEN);
  }

  @Test
  void aResetDoesNotGiveUpWhatWasMerelyForgotten() {
    hasEpochs(policy(false));
    forgetBefore(EPOCHS);
    learn(1);
    loses(EPOCHS);
    assertThat(ann.<Long>does(
            memory -> LostEpochs.newest(memory, group).orElseThrow().from()))
        .isEqualTo(EPOCHS);
  }

  @Test
  void whatIsKeptWherePolicyAllowsItIsAskedForOfOthersAndNotOfTheLog() {
    hasEpochs(policy(false));
    forgetBefore(2);
    learn(1);
    assertThat(ann.<Rung>does(memory -> memory.tables().climbs().of(group).stream()
            .findFirst()
            .orElseThrow()
            .rung()))
        .isEqualTo(Rung.MEMBERS);
  }

  @Test
  void nobodyIsAskedWherePolicySaysThatKeysAreForgotten() {
    hasEpochs(policy(true));
    forgetBefore(4);
    learn(1);
    assertThat(ann.<Integer>does(memory -> memory.tables().climbs().of(group).size()))
        .isZero();
  }

  private void hasEpochs(Policy policy) {
    backend.register(ann);
    group = HandChannel.found(ann, time, policy);
    HandChannel channel = HandChannel.open(ann, time, group);
    while (backend.epochs() < EPOCHS) {
      var unused = channel.channel().rotate();
      time.pass(Duration.ofSeconds(1));
    }
  }

  private static Policy policy(boolean forwardOnly) {
    Policy usual = Policy.DEFAULT;
    return new Policy(
        usual.grace(), usual.ageMax(), usual.messagesPerMember(), usual.history(), forwardOnly);
  }

  private void learn(long epoch) {
    var unused =
        new PastEpochs(ann.context(), HandChannel.open(ann, time, group)).learn(group, epoch);
    time.settle();
    assertThat(unused).isCompleted();
  }

  private void loses(long epoch) {
    boolean unused = ann.does(memory -> {
      memory.tables().epochs().lock(memory.tables().epochs().find(group, epoch).orElseThrow());
      return true;
    });
  }

  private void forgetBefore(long epoch) {
    boolean unused = ann.does(memory -> {
      memory.tables().epochs().forgetBefore(group, epoch);
      return true;
    });
  }

  private EpochRow.Access access(long epoch) {
    return ann.<EpochRow.Access>does(
        memory -> memory.tables().epochs().find(group, epoch).orElseThrow().access());
  }

  private UnreadableReason why(long epoch) {
    return ann.<UnreadableReason>does(memory -> new ClosedEpochs(memory, group, ann.address())
        .why(epoch, memory.tables().epochs().find(group, epoch)));
  }
}
