package io.karst.journal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SealedKeys;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.group.GroupEvent.SealedKeysStaged;
import io.karst.journal.codec.GroupSnapshotCodec;
import io.karst.journal.history.GroupHistory;
import io.karst.journal.history.LargeGroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagedKeysTest {

  private static final int DEVICES = 300;

  private final LargeGroup large = new LargeGroup(DEVICES);
  private final GroupHistory history = large.history;

  @ParameterizedTest
  @CsvSource({"128, 0", "129, 2", "256, 2", "257, 3"})
  void keysAreStagedFromTheFirstThatNoRecordHolds(int devices, int parts) {
    List<GroupEvent> events = new LargeGroup(devices)
        .history.records().stream().map(StoredRecord::event).toList();
    assertThat(StagedStart.of(events, 0).map(start -> start.parts().size()).orElse(0))
        .isEqualTo(parts);
  }

  @Test
  void anEpochWhoseKeysWereStagedHasTheSameEntries() {
    var other = new LargeGroup(DEVICES);
    history.commit(large.phone);
    other.history.stage(other.phone);
    assertThat(other.history.log()).isEqualTo(history.log());
    assertThat(other.history.records()).hasSize(history.records().size() + 3);
    assertThat(assembled(other.history.records())).isEqualTo(last(history.records()));
  }

  @Test
  void whatWasAbandonedChangesNeitherLogNorState() {
    GroupLog before = history.log();
    history.abandon(large.phone, 2);
    assertThat(history.log()).isEqualTo(before);
    assertThat(GroupSnapshotCodec.encode(history.log()))
        .isEqualTo(GroupSnapshotCodec.encode(before));
    assertThat(last(history.records()).firstOffset()).isEqualTo(before.head().size());
    assertThat(last(history.records()).nextOffset()).isEqualTo(before.head().size());
  }

  @Test
  void whatWasAbandonedIsDroppedWhereTheNextRunBegins() {
    history.abandon(large.phone, 2);
    history.send(large.phone, 1, 0);
    history.abandon(large.phone, 1);
    history.stage(large.phone);
    EpochStarted found = (EpochStarted) assembled(history.records()).event();
    assertThat(found.sealedKeys()).hasSize(DEVICES);
    assertThat(found.manifest().manifest().epoch()).isEqualTo(2);
  }

  @Test
  void messagesBetweenTwoPartsDoNoHarm() {
    List<SealedKeysStaged> parts = parts();
    var keys = new StagedKeys();
    keys.add(parts.get(0));
    history.send(large.phone, 1, 0);
    keys.add(parts.get(1));
    keys.add(parts.get(2));
    assertThat(keys.of(started())).contains(whole().sealedKeys());
  }

  @Test
  void aPartThatIsMissingRepeatedOrOfAnotherEpochIsNoticed() {
    List<SealedKeysStaged> parts = parts();
    var other = new SealedKeysStaged(
        Bytes.copyOf(new byte[32]), 128, parts.get(1).keys(), parts.get(1).at());
    assertThat(taken(parts.get(0), parts.get(2)).of(started())).isEmpty();
    assertThat(taken(parts.get(0), parts.get(1)).of(started())).isEmpty();
    assertThat(taken(parts.get(1), parts.get(2)).of(started())).isEmpty();
    assertThat(taken(parts.get(0), parts.get(1), parts.get(1), parts.get(2)).of(started()))
        .isEmpty();
    assertThat(taken(parts.get(0), other, parts.get(2)).of(started())).isEmpty();
    assertThat(taken().of(started())).isEmpty();
  }

  @Test
  void anotherKeyThanTheEntryCoversIsNoticed() {
    List<SealedKeysStaged> parts = new ArrayList<>(parts());
    SealedKeysStaged last = parts.get(2);
    var swapped = new ArrayList<>(last.keys());
    swapped.set(0, parts.get(0).keys().get(0));
    parts.set(2, new SealedKeysStaged(last.manifestHash(), last.first(), swapped, last.at()));
    assertThat(taken(parts.toArray(SealedKeysStaged[]::new)).of(started())).isEmpty();
    var forged = new EpochStarted(
        started().manifest(),
        new SealedKeys.Staged(Bytes.copyOf(new byte[32]), 0),
        started().at());
    assertThat(taken(parts().toArray(SealedKeysStaged[]::new)).of(forged)).isEmpty();
  }

  @Test
  void aPartInsideOfACommitIsImpossible() {
    GroupEvent ended = new GroupEvent.EpochEnded(
        large.phone.address(), 1, history.group().lastAt(), history.group().lastAt());
    GroupLog halfway = history.log().evolve(history.log().record(ended));
    assertThatThrownBy(() -> halfway.record(parts().get(0)))
        .isInstanceOf(IllegalStateException.class);
  }

  private List<SealedKeysStaged> parts() {
    return StagedStart.of(List.of(whole()), history.group().size())
        .orElseThrow()
        .parts();
  }

  /** Epoch 1, with its keys. */
  private EpochStarted whole() {
    return (EpochStarted) whole(history.records()).event();
  }

  private EpochStarted started() {
    StagedStart start = StagedStart.of(List.of(whole()), 0).orElseThrow();
    return (EpochStarted) start.without(List.of(whole())).get(0);
  }

  private static StagedKeys taken(SealedKeysStaged... parts) {
    var keys = new StagedKeys();
    for (SealedKeysStaged part : parts) {
      keys.add(part);
    }
    return keys;
  }

  private static StoredRecord last(List<StoredRecord> records) {
    return records.get(records.size() - 1);
  }

  private static StoredRecord whole(List<StoredRecord> records) {
    return records.stream()
        .filter(record -> record.event() instanceof EpochStarted)
        .reduce((before, after) -> after)
        .orElseThrow();
  }

  /** The last epoch's start with the keys that a reader finds. */
  private static StoredRecord assembled(List<StoredRecord> records) {
    var keys = new StagedKeys();
    for (StoredRecord record : records) {
      if (record.event() instanceof SealedKeysStaged part) {
        keys.add(part);
      }
    }
    StoredRecord record = whole(records);
    EpochStarted started = (EpochStarted) record.event();
    return record.with(
        new EpochStarted(started.manifest(), keys.of(started).orElseThrow(), started.at()));
  }
}
