package io.karst.domain.group;

import static io.karst.domain.group.Scene.ALICE;
import static io.karst.domain.group.Scene.BOB;
import static io.karst.domain.group.Scene.DAVE;
import static io.karst.domain.group.Scene.START;
import static io.karst.domain.group.Scene.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a member's devices mean to its group. */
class DeviceNewsTest {

  private static final DeviceAddress LAPTOP = DeviceAddress.of("bob", "laptop");

  private final Scene scene = Scene.created();

  @Test
  void aNewDeviceMakesARotationDueThatLetsItIn() {
    scene.directory.register("bob", "laptop", "phone");
    scene.accepts(news(BOB));
    assertThat(scene.group.rotationDue().orElseThrow().reason())
        .isEqualTo(RotationReason.DEVICE_ADDED);
    assertThat(scene.decide(news(BOB))).isEqualTo(Decision.accept());
    scene.sends(ALICE, 0);
    scene.accepts(scene.commit(ALICE));
    assertThat(scene.group.epoch().has(LAPTOP)).isTrue();
    assertThat(scene.decide(news(BOB))).isEqualTo(Decision.accept());
  }

  @Test
  void aRevokedDeviceMayDoNothingAndNobodySpeaksBeforeTheRotation() {
    scene.directory.register("bob", "laptop", "phone");
    scene.accepts(scene.commit(ALICE)).sends(LAPTOP, 0).later(Duration.ofSeconds(1));
    var stale = scene.commit(ALICE);
    scene.directory.register("bob", "phone");
    assertThat(scene.decide(news(BOB)).events())
        .containsExactly(
            new GroupEvent.DevicesRevoked(BOB.member(), List.of(LAPTOP.device()), scene.now),
            new GroupEvent.RotationDue(RotationReason.DEVICE_REMOVED, scene.now, scene.now));
    scene.accepts(news(BOB));
    assertThat(scene.refusal(new GroupCommand.Leave(LAPTOP))).contains(Reason.DEVICE_REVOKED);
    assertThat(scene.refusal(scene.commit(LAPTOP))).contains(Reason.DEVICE_REVOKED);
    assertThat(scene.refusal(stale)).as("made before").contains(Reason.ROSTER_MISMATCH);
    assertThat(sent(ALICE, 2, 0))
        .isEqualTo(new Decision.Outcome.Rejected(Reason.ROTATION_REQUIRED));

    scene.accepts(scene.commit(ALICE));
    assertThat(scene.group.epoch().has(LAPTOP)).isFalse();
    assertThat(sent(LAPTOP, 2, 1)).isEqualTo(new Decision.Outcome.Rejected(Reason.DEVICE_REVOKED));
    scene.accepts(scene.commit(ALICE));
    assertThat(scene.group.revoked()).as("no roster that counts has it").isEmpty();
  }

  @Test
  void newsThatCameTooLateMeanNothing() {
    var old = news(BOB);
    scene.directory.register("bob", "laptop", "phone");
    scene.accepts(scene.commit(ALICE));
    assertThat(scene.decide(old)).isEqualTo(Decision.accept());
  }

  @Test
  void newsOfStrangersMeanNothing() {
    assertThat(scene.decide(news(DAVE))).isEqualTo(Decision.accept());
    assertThat(scene.group.lastAt()).isEqualTo(START);
  }

  private Decision.Outcome sent(DeviceAddress by, long epoch, long index) {
    return scene.appends(by, List.of(), envelope(by, epoch, index)).get(0);
  }

  private GroupCommand.NoteDevices news(DeviceAddress member) {
    return new GroupCommand.NoteDevices(scene.directory.list(member.member()));
  }
}
