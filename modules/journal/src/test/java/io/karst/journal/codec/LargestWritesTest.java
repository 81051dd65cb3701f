package io.karst.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.group.Change;
import io.karst.domain.group.Decision;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import io.karst.journal.history.GroupHistory;
import io.karst.journal.history.TestMembers;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StagedStart;
import io.karst.journal.log.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The largest writes of a group: 1,000 members whose names and keys have the most bytes.
 *
 * <p>What is written atomically is one mutation in Cassandra, which has more than the records: the
 * other columns of each row, and what stands in front of each.
 */
class LargestWritesTest {

  private static final int MUTATION_BYTES_MAX = 1 << 20;
  private static final int ROW_BYTES_MAX = 256 << 10;

  /** Of a row beside its record: writer, time, serializer and manifest, some 180 in fact. */
  private static final int ROW_HEAD_BYTES = 256;

  private static final int HALF = Manifest.ROSTER_MAX / 2;

  private final TestMembers members = new TestMembers();
  private final List<MemberId> named = IntStream.range(0, Manifest.ROSTER_MAX + HALF)
      .mapToObj(i -> members.register(name(i), name(i)))
      .toList();
  private final GroupHistory history = new GroupHistory(members, named.get(0));

  @Test
  void theCreationOfTheLargestGroupIsOneMutation() {
    assertBounded(history.create(members.device(named.get(0), 0), roles(1, 2 * HALF)));
  }

  @Test
  void aCommitOfAThousandChangesIsOneMutation() {
    history.create(members.device(named.get(0), 0), roles(1, 2 * HALF));
    var changes = new ArrayList<Change>();
    named.subList(HALF, 2 * HALF).forEach(member -> changes.add(new Change.Remove(member)));
    named
        .subList(2 * HALF, 3 * HALF)
        .forEach(member -> changes.add(new Change.Add(member, Role.MEMBER)));
    assertThat(changes).hasSize(1000);
    GroupLog before = history.log();
    Decision decision =
        history.commit(members.device(named.get(0), 0), changes.toArray(Change[]::new));
    assertBounded(decision, before);
  }

  private void assertBounded(Decision decision) {
    assertBounded(decision, GroupLog.empty(history.id()));
  }

  private void assertBounded(Decision decision, GroupLog before) {
    assertThat(decision.events()).hasSizeGreaterThan(1000);
    List<GroupEvent> events =
        decision.events().stream().map(LargestWritesTest::heavy).toList();
    StagedStart start = StagedStart.of(events, before.group().size()).orElseThrow();
    var codec = new GroupRecordCodec(history.id());
    for (GroupEvent part : start.parts()) {
      assertThat(codec.encode(before.record(part)).length).isLessThanOrEqualTo(ROW_BYTES_MAX);
    }
    int mutation = 0;
    for (StoredRecord record : before.recordAll(start.without(events))) {
      int length = codec.encode(record).length;
      assertThat(length).isLessThanOrEqualTo(ROW_BYTES_MAX);
      mutation += length + ROW_HEAD_BYTES;
    }
    assertThat(mutation).as("bytes in one mutation").isLessThanOrEqualTo(MUTATION_BYTES_MAX);
  }

  /** With keys of the largest size. */
  private static GroupEvent heavy(GroupEvent event) {
    if (event instanceof EpochStarted started) {
      List<SealedKey> keys = started.sealedKeys().stream()
          .map(key -> new SealedKey(key.device(), 0, Bytes.copyOf(new byte[SealedKey.MESSAGE_MAX])))
          .toList();
      return new EpochStarted(started.manifest(), keys, started.at());
    }
    return event;
  }

  private Map<MemberId, Role> roles(int from, int to) {
    Map<MemberId, Role> roles = new HashMap<>();
    named.subList(from, to).forEach(member -> roles.put(member, Role.MEMBER));
    return roles;
  }

  private static String name(int number) {
    return "x".repeat(60) + "%04d".formatted(number);
  }
}
