package io.karst.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.GroupId;
import io.karst.journal.history.GroupHistory;
import io.karst.journal.history.RandomWalk;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.entry.EntryLeaves;
import io.karst.proof.statement.Sha256;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Takes random histories through bytes. To replay a failure, put its seed in {@code ValueSource}.
 */
class ReplayTest {

  private static final int STEPS = 150;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void aReplayGivesTheLiveLog(long seed) {
    GroupHistory history = RandomWalk.of(seed, STEPS);
    var codec = new GroupRecordCodec(history.id());
    List<byte[]> stored = history.stored();
    GroupLog log = GroupLog.empty(history.id());
    for (int i = 0; i < stored.size(); i++) {
      StoredRecord decoded = codec.decode(stored.get(i));
      assertThat(decoded)
          .as("seed %d record %d", seed, i)
          .isEqualTo(history.records().get(i));
      log = log.evolve(decoded);
    }
    assertThat(log).as("seed %d", seed).isEqualTo(history.log());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void aReplayFromAnySnapshotGivesTheLiveLog(long seed) {
    GroupHistory history = RandomWalk.of(seed, STEPS);
    List<StoredRecord> records = history.records();
    GroupLog live = GroupLog.empty(history.id());
    for (int cut = 0; cut < records.size(); cut++) {
      live = live.evolve(records.get(cut));
      byte[] snapshot = GroupSnapshotCodec.encode(live);
      GroupLog recovered = GroupSnapshotCodec.decode(snapshot);
      assertThat(recovered).as("seed %d cut %d", seed, cut).isEqualTo(live);
      assertThat(GroupSnapshotCodec.encode(recovered)).isEqualTo(snapshot);
    }
    GroupLog half = GroupLog.empty(history.id());
    for (StoredRecord record : records.subList(0, records.size() / 2)) {
      half = half.evolve(record);
    }
    half = GroupSnapshotCodec.decode(GroupSnapshotCodec.encode(half));
    for (StoredRecord record : records.subList(records.size() / 2, records.size())) {
      half = half.evolve(record);
    }
    assertThat(half).as("seed %d", seed).isEqualTo(history.log());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void everyRootIsThatOfTheTreeOverAllLeaves(long seed) {
    GroupHistory history = RandomWalk.of(seed, STEPS);
    List<Bytes> leaves = new ArrayList<>();
    for (StoredRecord record : history.records()) {
      assertThat(record.firstOffset()).isEqualTo(leaves.size());
      leaves.addAll(leaves(history.id(), record));
      assertThat(record.root()).as("seed %d size %d", seed, leaves.size()).isEqualTo(tree(leaves));
    }
  }

  @Test
  void theWalksMeetEveryKindOfEvent() {
    Set<String> kinds = new HashSet<>();
    for (long seed : new long[] {1, 2, 3, 5, 8, 13, 21, 34}) {
      RandomWalk.of(seed, STEPS)
          .records()
          .forEach(record -> kinds.add(record.event().getClass().getSimpleName()));
    }
    assertThat(kinds).hasSize(12);
  }

  private static List<Bytes> leaves(GroupId group, StoredRecord record) {
    return record.event().match(new EntryLeaves(group, record.firstOffset(), record.epoch()));
  }

  /** RFC 6962, section 2.1, by recursion. */
  private static Bytes tree(List<Bytes> leaves) {
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    Bytes first = tree(leaves.subList(0, left));
    Bytes second = tree(leaves.subList(left, leaves.size()));
    return Sha256.hash(Bytes.ofHex("01" + first.toHex() + second.toHex()));
  }
}
