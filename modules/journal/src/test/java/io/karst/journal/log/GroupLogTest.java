package io.karst.journal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.history.GroupHistory;
import io.karst.journal.history.TestDevice;
import io.karst.journal.history.TestMembers;
import io.karst.proof.merkle.Frontier;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupLogTest {

  private final TestMembers members = new TestMembers();
  private final MemberId ada = members.register("ada", "phone");
  private final MemberId bo = members.register("bo", "phone");
  private final TestDevice phone = members.device(ada, 0);
  private final GroupHistory history = new GroupHistory(members, ada);

  @BeforeEach
  void createTheGroup() {
    history.create(phone, Map.of(bo, Role.MEMBER));
  }

  @Test
  void eventsThatAreWrittenTogetherContinueEachOther() {
    List<GroupEvent> events =
        history.records().stream().map(StoredRecord::event).toList();
    GroupLog empty = GroupLog.empty(history.id());
    assertThat(empty.recordAll(events)).isEqualTo(history.records());
    assertThat(empty.record(events.get(0))).isEqualTo(history.records().get(0));
  }

  @Test
  void theRecordOfManyEnvelopesCoversOneEntryForEach() {
    long before = history.log().head().size();
    history.send(phone, 1, 0, 1, 2);
    StoredRecord last = history.records().get(history.records().size() - 1);
    assertThat(last.firstOffset()).as("behind the session").isEqualTo(before + 1);
    assertThat(last.head()).isEqualTo(history.log().head());
    assertThat(last.head().size()).isEqualTo(before + 4);
  }

  @Test
  void theEntryAtEachMultipleOf256StandsInARecordWithTheFrontierBeforeIt() {
    for (long frame = 0; frame < 30; frame++) {
      history.send(phone, 1, LongStream.range(40 * frame, 40 * frame + 40).toArray());
    }
    GroupLog log = GroupLog.empty(history.id());
    var codec = new GroupRecordCodec(history.id());
    int found = 0;
    for (StoredRecord record : history.records()) {
      long multiple = (record.firstOffset() + 255) / 256 * 256;
      boolean holds = record.firstOffset() > 0 && multiple < record.nextOffset();
      assertThat(record.frontier())
          .isEqualTo(holds ? Optional.of(log.frontier()) : Optional.empty());
      assertThat(codec.decode(codec.encode(record))).isEqualTo(record);
      found += holds ? 1 : 0;
      log = log.evolve(record);
    }
    assertThat(found).isEqualTo(4);
    assertThat(log).isEqualTo(history.log());
  }

  @Test
  void aRecordOfAnotherFrontierIsRefused() {
    StoredRecord good = history.log().record(archived());
    var other = new Frontier(
        good.firstOffset(),
        Collections.nCopies(Long.bitCount(good.firstOffset()), Bytes.copyOf(new byte[32])));
    var forged = new StoredRecord(
        good.firstOffset(), good.at(), good.epoch(), good.root(), good.event(), Optional.of(other));
    assertThat(mismatch(history.log(), forged)).isEqualTo(LogMismatch.Kind.ROOT);
  }

  @Test
  void aRecordOfAnotherOffsetIsRefused() {
    GroupLog log = history.log();
    StoredRecord first = history.records().get(0);
    assertThat(mismatch(log, first)).isEqualTo(LogMismatch.Kind.OFFSET);
  }

  @Test
  void aRecordOfAnotherRootIsRefused() {
    StoredRecord good = history.log().record(archived());
    Bytes otherRoot = Bytes.copyOf(new byte[32]);
    var forged =
        new StoredRecord(good.firstOffset(), good.at(), good.epoch(), otherRoot, good.event());
    assertThat(mismatch(history.log(), forged)).isEqualTo(LogMismatch.Kind.ROOT);
  }

  @Test
  void aRecordOfAnotherEpochIsRefused() {
    StoredRecord good = history.log().record(archived());
    var forged = new StoredRecord(good.firstOffset(), good.at(), 2, good.root(), good.event());
    assertThat(mismatch(history.log(), forged)).isEqualTo(LogMismatch.Kind.EPOCH);
  }

  @Test
  void aRecordThatNoRuleCouldHaveDecidedIsRefused() {
    StoredRecord good = history.log().record(archived());
    GroupEvent impossible = new GroupEvent.EpochKeysDelivered(7, good.at());
    var forged = new StoredRecord(good.firstOffset(), good.at(), 1, good.root(), impossible);
    assertThat(mismatch(history.log(), forged)).isEqualTo(LogMismatch.Kind.EVENT);
  }

  @Test
  void anImpossibleEventIsNotRecorded() {
    GroupEvent impossible = new GroupEvent.EpochKeysDelivered(7, history.group().lastAt());
    assertThatThrownBy(() -> history.log().record(impossible))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLogHasOneLeafForEachEntry() {
    assertThatThrownBy(() -> new GroupLog(history.group(), Frontier.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStoredRecordIsDatedLikeItsEvent() {
    Instant at = Instant.ofEpochMilli(5);
    var event = new GroupEvent.RotationDue(RotationReason.MEMBER_LEFT, at, at);
    Bytes root = Bytes.copyOf(new byte[32]);
    assertThatThrownBy(() -> new StoredRecord(0, at.plusMillis(1), 0, root, event))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StoredRecord(-1, at, 0, root, event))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StoredRecord(0, at, 0, Bytes.EMPTY, event))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private GroupEvent archived() {
    return new GroupEvent.GroupArchived(phone.address(), history.group().lastAt());
  }

  private static LogMismatch.Kind mismatch(GroupLog log, StoredRecord record) {
    LogMismatch mismatch = catchThrowableOfType(LogMismatch.class, () -> log.evolve(record));
    assertThat(mismatch.offset()).isEqualTo(log.head().size());
    return mismatch.kind();
  }
}
