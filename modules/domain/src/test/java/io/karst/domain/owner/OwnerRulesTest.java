package io.karst.domain.owner;

import static io.karst.domain.owner.OwnerScene.copy;
import static io.karst.domain.owner.OwnerScene.list;
import static io.karst.domain.owner.OwnerScene.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Decision;
import io.karst.domain.group.Decision.Outcome;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupRules;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Receipt;
import io.karst.domain.group.Role;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Fake;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnerRulesTest {

  private final OwnerScene scene = OwnerScene.of("laptop", "phone", "tablet");

  @Test
  void theFirstVersionOpensTheLogForItsMembersDevices() {
    assertThat(scene.group.size()).isEqualTo(1);
    assertThat(scene.group.isReadBy(OwnerScene.ADA)).isTrue();
    assertThat(scene.group.isReadBy(new MemberId("bo"))).isFalse();
    assertThat(scene.devices()).contains(list(1, "laptop", "phone", "tablet"));
  }

  @Test
  void aMessageThatIsSealedToExactlyTheOtherDevicesIsTaken() {
    scene.now = scene.now.plusSeconds(1);
    assertThat(scene.sends("phone", "a", 1, "laptop", "tablet"))
        .isEqualTo(new Outcome.Taken(new Receipt(1, scene.now)));
    assertThat(scene.group.size()).isEqualTo(2);
  }

  @Test
  void whoHasNoOtherDeviceSpeaksToNobody() {
    OwnerScene alone = OwnerScene.of("phone");
    assertThat(alone.sends("phone", "a", 1)).isInstanceOf(Outcome.Taken.class);
  }

  @Test
  void aRetryGetsTheFirstReceiptEvenWhenItIsSealedAnew() {
    Outcome first = scene.sends("phone", "a", 1, "laptop", "tablet");
    scene.now = scene.now.plusSeconds(9);
    scene.notes(list(2, "laptop", "phone"));
    assertThat(scene.sends("phone", "a", 2, "laptop")).isEqualTo(first);
    assertThat(scene.sends("phone", "a", 1, "laptop", "tablet")).isEqualTo(first);
    assertThat(scene.group.size()).isEqualTo(3);
  }

  @Test
  void twoMessagesOfOneFrameWithTheSameClientIdAreOne() {
    var by = DeviceAddress.of("ada", "phone");
    var submission =
        GroupCommand.Submission.of(by, message("ada", "phone", "a", 1, "laptop", "tablet"));
    var judged = (Decision.Judged) scene.apply(GroupRules.decide(
        scene.group, new GroupCommand.Append(List.of(submission, submission)), scene.now));
    assertThat(judged.outcomes().get(1)).isEqualTo(judged.outcomes().get(0));
    assertThat(judged.events()).hasSize(1);
  }

  @Test
  void anotherDeviceMayUseTheSameClientId() {
    scene.sends("phone", "a", 1, "laptop", "tablet");
    assertThat(scene.sends("tablet", "a", 1, "laptop", "phone")).isInstanceOf(Outcome.Taken.class);
  }

  @Test
  void noneMayBeMissing() {
    assertRefused(scene.sends("phone", "a", 1, "laptop"), Reason.SEALED_KEYS_MISMATCH);
  }

  @Test
  void noneMayBeTooMany() {
    assertRefused(
        scene.sends("phone", "a", 1, "attic", "laptop", "tablet"), Reason.SEALED_KEYS_MISMATCH);
  }

  @Test
  void theVersionMustBeTheNewest() {
    scene.notes(list(2, "laptop", "phone", "tablet", "watch"));
    assertRefused(scene.sends("phone", "a", 1, "laptop", "tablet"), Reason.DEVICE_LIST_STALE);
    assertRefused(
        scene.sends("phone", "a", 3, "laptop", "tablet", "watch"), Reason.DEVICE_LIST_STALE);
  }

  @Test
  void aRevokedDeviceNeitherSpeaksNorIsAnswered() {
    scene.sends("tablet", "a", 1, "laptop", "phone");
    scene.notes(list(2, "laptop", "phone"));
    assertRefused(scene.sends("tablet", "b", 2, "laptop", "phone"), Reason.DEVICE_REVOKED);
    assertRefused(scene.sends("tablet", "a", 1, "laptop", "phone"), Reason.DEVICE_REVOKED);
  }

  @Test
  void somebodyElsesLogDoesNotExist() {
    var bo = DeviceAddress.of("bo", "phone");
    assertRefused(scene.sends(bo, message("bo", "phone", "a", 1)), Reason.GROUP_NOT_FOUND);
  }

  @Test
  void aLogThatNobodyOpenedTakesNothing() {
    var unopened = new OwnerScene();
    assertRefused(unopened.sends("phone", "a", 1), Reason.GROUP_NOT_FOUND);
    assertThat(unopened.group.exists()).isFalse();
  }

  @Test
  void nobodySpeaksInTheNameOfAnotherDevice() {
    assertRefused(
        scene.sends(
            DeviceAddress.of("ada", "tablet"), message("ada", "phone", "a", 1, "laptop", "tablet")),
        Reason.SENDER_FORGED);
  }

  @Test
  void versionsAreNotedInOrder() {
    assertNoted(scene.notes(list(3, "phone")), Reason.DEVICE_LIST_INVALID);
    assertNoted(scene.notes(list(1, "laptop")), Reason.DEVICE_LIST_INVALID);
    assertNoted(scene.notes(list(new MemberId("bo"), 2, "phone")), Reason.DEVICE_LIST_INVALID);
    scene.notes(list(2, "laptop", "phone"), list(3, "phone"));
    assertThat(scene.devices()).contains(list(3, "phone"));
    assertThat(scene.group.size()).isEqualTo(3);
  }

  @Test
  void oneThatFollowsOneThatDoesNotIsNotNotedEither() {
    assertNoted(
        scene.notes(list(2, "laptop", "phone"), list(4, "phone")), Reason.DEVICE_LIST_INVALID);
    assertThat(scene.group.size()).isEqualTo(1);
  }

  @Test
  void whoLookedBeforeAnotherLooksAgain() {
    var late = new GroupCommand.NoteOwnerDevices(
        Optional.empty(), List.of(list(1, "laptop", "phone", "tablet")));
    assertNoted(GroupRules.decide(scene.group, late, scene.now), Reason.DEVICE_LIST_STALE);
  }

  @Test
  void aChainBeginsAnewWithOtherDevices() {
    scene.notes(list(2, "laptop", "phone"));
    scene.notes(list(1, "spare"));
    assertThat(scene.devices()).contains(list(1, "spare"));
    assertRefused(scene.sends("phone", "a", 1, "spare"), Reason.DEVICE_REVOKED);
  }

  @Test
  void aGroupTakesNoOwnerMessages() {
    var group = new Group(
        scene.group.id(),
        Bytes.copyOf(new byte[16]),
        Policy.DEFAULT,
        Map.of(OwnerScene.ADA, Role.OWNER),
        scene.group.epochs(),
        scene.group.senders(),
        List.of(),
        Set.of(),
        scene.group.sharing(),
        false,
        scene.group.end());
    scene.group = group;
    assertRefused(scene.sends("phone", "a", 1, "laptop", "tablet"), Reason.GROUP_NOT_FOUND);
    assertNoted(scene.notes(list(1, "laptop")), Reason.GROUP_EXISTS);
    assertThatThrownBy(
            () -> group.evolve(new GroupEvent.OwnerDevicesNoted(list(1, "laptop"), scene.now)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anOwnerLogTakesNothingOfGroups() {
    var by = DeviceAddress.of("ada", "phone");
    for (GroupCommand command : List.of(
        new GroupCommand.Leave(by),
        new GroupCommand.Archive(by),
        new GroupCommand.ReportCompromise(by),
        new GroupCommand.SetPolicy(by, new Policy(Duration.ofSeconds(1))))) {
      assertNoted(GroupRules.decide(scene.group, command, scene.now), Reason.GROUP_NOT_FOUND);
    }
    assertThatThrownBy(() -> scene.group.evolve(new GroupEvent.MemberLeft(by, scene.now)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> scene.group.evolve(new GroupEvent.SealedKeysStaged(
            Fake.bytes("hash", 32), 128, List.of(Fake.sealedKey(by, 1).text()), scene.now)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatNoRuleDecidesIsNotReplayed() {
    OwnerMessage incomplete = message("ada", "phone", "a", 1, "laptop");
    assertThatThrownBy(() -> scene.apply(new GroupEvent.OwnerMessageSent(incomplete, scene.now)))
        .isInstanceOf(IllegalStateException.class);
    OwnerMessage whole = message("ada", "phone", "a", 1, "laptop", "tablet");
    scene.apply(new GroupEvent.OwnerMessageSent(whole, scene.now));
    assertThatThrownBy(() -> scene.apply(new GroupEvent.OwnerMessageSent(whole, scene.now)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () -> scene.apply(new GroupEvent.OwnerDevicesNoted(list(3, "phone"), scene.now)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theNewestMessagesAreRemembered() {
    for (int i = 0; i <= OwnerLog.RECENT_MAX; i++) {
      scene.sends("phone", "m" + i, 1, "laptop", "tablet");
    }
    assertThat(scene.group.owner().recent()).hasSize(OwnerLog.RECENT_MAX);
    assertThat(scene.sends("phone", "m1", 1, "laptop", "tablet"))
        .isEqualTo(new Outcome.Taken(new Receipt(2, scene.now)));
    assertThat(scene.replayed()).isEqualTo(scene.group);
  }

  @Test
  void aMessageIsWithinItsBounds() {
    var sender = DeviceAddress.of("ada", "phone");
    var clientId = new ClientId(Fake.bytes("id", 16));
    Bytes signature = Fake.bytes("signature", 64);
    List<OwnerCopy> seven =
        IntStream.range(0, OwnerMessage.COPIES_MAX).mapToObj(i -> copy("d" + i)).toList();
    assertThat(new OwnerMessage(sender, clientId, 1, seven, signature).size()).isEqualTo(7 * 40);
    List<OwnerCopy> eight = IntStream.rangeClosed(0, OwnerMessage.COPIES_MAX)
        .mapToObj(i -> copy("d" + i))
        .toList();
    assertOutOfBounds(() -> new OwnerMessage(sender, clientId, 1, eight, signature));
    assertOutOfBounds(() -> new OwnerMessage(sender, clientId, 0, seven, signature));
    assertOutOfBounds(
        () -> new OwnerMessage(sender, clientId, 1, List.of(copy("b"), copy("a")), signature));
    assertOutOfBounds(
        () -> new OwnerMessage(sender, clientId, 1, List.of(copy("a"), copy("a")), signature));
    assertOutOfBounds(
        () -> new OwnerMessage(sender, clientId, 1, List.of(copy("phone")), signature));
    assertOutOfBounds(
        () -> new OwnerMessage(sender, clientId, 1, seven, Fake.bytes("signature", 63)));
  }

  @Test
  void aCopyIsWithinItsBounds() {
    var to = new DeviceId("a");
    new OwnerCopy(to, 0, Bytes.copyOf(new byte[OwnerCopy.MESSAGE_MAX]));
    assertOutOfBounds(
        () -> new OwnerCopy(to, 0, Bytes.copyOf(new byte[OwnerCopy.MESSAGE_MAX + 1])));
    assertOutOfBounds(() -> new OwnerCopy(to, 2, Bytes.copyOf(new byte[1])));
    assertOutOfBounds(() -> new OwnerCopy(to, -1, Bytes.copyOf(new byte[1])));
    assertOutOfBounds(() -> new OwnerCopy(to, 1, Bytes.EMPTY));
  }

  private static void assertRefused(Outcome outcome, Reason reason) {
    assertThat(outcome).isEqualTo(new Outcome.Rejected(reason));
  }

  private static void assertNoted(Decision decision, Reason reason) {
    assertThat(decision).isEqualTo(new Decision.Refused(reason));
  }

  private static void assertOutOfBounds(Runnable construction) {
    assertThatThrownBy(construction::run).isInstanceOf(IllegalArgumentException.class);
  }
}
