package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.epoch.EpochFaults;
import io.karst.domain.epoch.EpochRange;
import io.karst.journal.v1.GroupSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What is wrong with a group's epochs, to and from protobuf. */
final class FaultFields {

  private FaultFields() {}

  static void write(EpochFaults faults, GroupSnapshot.Builder target) {
    faults.refusals().stream()
        .sorted(Comparator.comparingLong(EpochFaults.Refusal::epoch)
            .thenComparing(EpochFaults.Refusal::by))
        .forEach(refusal -> target.addRefusals(GroupSnapshot.Refusal.newBuilder()
            .setEpoch(refusal.epoch())
            .setBy(Fields.actor(refusal.by()))));
    faults
        .orphaned()
        .forEach(range -> target.addOrphaned(
            GroupSnapshot.Orphaned.newBuilder().setFromEpoch(range.from()).setToEpoch(range.to())));
  }

  static EpochFaults read(GroupSnapshot snapshot) {
    List<EpochFaults.Refusal> refusals =
        readAll("refusals", snapshot.getRefusalsCount(), i -> refusal(snapshot.getRefusals(i)));
    List<EpochRange> orphaned =
        readAll("orphaned", snapshot.getOrphanedCount(), i -> orphaned(snapshot.getOrphaned(i)));
    return new EpochFaults(Set.copyOf(refusals), orphaned);
  }

  private static EpochFaults.Refusal refusal(GroupSnapshot.Refusal refusal) {
    return new EpochFaults.Refusal(refusal.getEpoch(), Fields.address(refusal.getBy()));
  }

  private static EpochRange orphaned(GroupSnapshot.Orphaned orphaned) {
    return new EpochRange(orphaned.getFromEpoch(), orphaned.getToEpoch());
  }
}
