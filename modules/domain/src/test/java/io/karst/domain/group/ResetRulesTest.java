package io.karst.domain.group;

import static io.karst.domain.group.Scene.ALICE;
import static io.karst.domain.group.Scene.BOB;
import static io.karst.domain.group.Scene.CAROL;
import static io.karst.domain.group.Scene.DAVE;
import static io.karst.domain.group.Scene.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.EpochFaults;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Epochs;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Epochs that a device does not take, and epochs that are given up. */
class ResetRulesTest {

  private static final DueRotation ASKED_FOR =
      new DueRotation(RotationReason.MANUAL, START.plusSeconds(60));

  private final Scene scene = Scene.created();

  @Test
  void anEpochThatADeviceRefusesIsDueToBeReplacedInAMinute() {
    assertThat(scene.decide(refusedBy(1)).events())
        .containsExactly(
            new GroupEvent.EpochRefused(CAROL, 1, START),
            new GroupEvent.RotationDue(RotationReason.MANUAL, START.plusSeconds(60), START));
    scene.accepts(refusedBy(1));

    assertThat(scene.group.due()).containsExactly(ASKED_FOR);
    assertThat(scene.group.epochs().faults().isRefused(1, CAROL)).isTrue();
    scene.accepts(scene.commit(BOB));
    assertThat(scene.group.due()).isEmpty();
  }

  @Test
  void aDeviceRefusesAnEpochOnceAndOthersDoSoThemselves() {
    scene.accepts(refusedBy(1));
    assertThat(scene.decide(refusedBy(1))).isEqualTo(Decision.accept());

    assertThat(scene.decide(new GroupCommand.ReportEpochRefused(BOB, 1)).events())
        .containsExactly(new GroupEvent.EpochRefused(BOB, 1, START));
  }

  @Test
  void aRotationThatIsDueAlreadyIsEnough() {
    scene.accepts(new GroupCommand.ReportCompromise(BOB));

    assertThat(scene.decide(refusedBy(1)).events()).hasSize(1);
  }

  @Test
  void anEpochThatIsOverIsRefusedWithoutAnotherRotation() {
    scene.accepts(scene.commit(BOB));
    assertThat(scene.decide(refusedBy(1)).events())
        .containsExactly(new GroupEvent.EpochRefused(CAROL, 1, START));

    scene.accepts(refusedBy(1)).accepts(scene.commit(BOB));
    assertThat(scene.refusal(refusedBy(1))).contains(Reason.EPOCH_UNKNOWN);
    assertThat(scene.group.epochs().faults()).isEqualTo(EpochFaults.NONE);
  }

  @Test
  void onlyWhoIsInAnEpochRefusesIt() {
    assertThat(scene.refusal(new GroupCommand.ReportEpochRefused(DAVE, 1)))
        .contains(Reason.GROUP_NOT_FOUND);
    assertThat(scene.refusal(refusedBy(0))).contains(Reason.EPOCH_UNKNOWN);
    assertThat(scene.refusal(refusedBy(2))).contains(Reason.EPOCH_UNKNOWN);
    scene.directory.register("carol", "phone", "tablet");
    var tablet = DeviceAddress.of("carol", "tablet");
    assertThat(scene.refusal(new GroupCommand.ReportEpochRefused(tablet, 1)))
        .contains(Reason.DEVICE_NOT_IN_ROSTER);
  }

  @Test
  void anyMemberResetsAndTheLogSaysWhichEpochsAreGivenUp() {
    var reset = reset(CAROL, 1, 1);
    assertThat(scene.decide(reset).events())
        .element(1)
        .isEqualTo(new GroupEvent.EpochsOrphaned(CAROL, new EpochRange(1, 1), START));
    scene.accepts(reset);

    assertThat(scene.group.epoch().number()).isEqualTo(2);
    assertThat(scene.group.epochs().faults().isOrphaned(1)).isTrue();
    assertThat(scene.group.epochs().faults().isOrphaned(2)).isFalse();
  }

  @Test
  void aResetGivesUpNoEpochOfTheFuture() {
    assertThat(scene.refusal(reset(ALICE, 1, 2))).contains(Reason.EPOCH_UNKNOWN);
    assertThat(scene.refusal(reset(ALICE, 1, 1))).isEmpty();
  }

  @Test
  void aResetChangesNoMembers() {
    List<Change> changes = List.of(new Change.Remove(CAROL.member()));
    var range = new EpochRange(1, 1);
    assertThat(scene.refusal(scene.proposals.reset(scene.group, ALICE, changes, range)))
        .contains(Reason.CHANGE_INVALID);
  }

  @Test
  void rangesThatTouchBecomeOneAndTheOldestAreForgotten() {
    EpochFaults faults = orphaned(5, 6, 1, 2, 3, 4);
    assertThat(faults.orphaned()).containsExactly(new EpochRange(1, 6));

    int most = EpochFaults.ORPHANED_MAX;
    EpochFaults full = orphaned(LongStream.range(0, most).map(i -> 2 * i + 1).toArray());
    assertThat(full.orphaned()).hasSize(most);
    assertThat(full.isOrphaned(1)).isTrue();
    EpochFaults over =
        orphaned(LongStream.range(0, most + 1).map(i -> 2 * i + 1).toArray());
    assertThat(over.orphaned()).hasSize(most);
    assertThat(over.isOrphaned(1)).isFalse();
  }

  private static EpochFaults orphaned(long... epochs) {
    var all = Epochs.NONE;
    for (long epoch : epochs) {
      all = all.orphan(new EpochRange(epoch, epoch));
    }
    return all.faults();
  }

  private GroupCommand refusedBy(long epoch) {
    return new GroupCommand.ReportEpochRefused(CAROL, epoch);
  }

  private GroupCommand.Commit reset(DeviceAddress by, long from, long to) {
    return scene.proposals.reset(scene.group, by, List.of(), new EpochRange(from, to));
  }
}
