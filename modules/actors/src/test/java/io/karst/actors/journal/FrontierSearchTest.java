package io.karst.actors.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Decision;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupRules;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Frontier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrontierSearchTest {

  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final int FRAME = 37;
  private static final TestDevice ADA = TestDevice.of("ada");
  private static final TestGroup GROUP = new TestGroup("hashed", List.of(ADA));

  private final List<StoredRecord> records = new ArrayList<>();
  private final List<Frontier> frontiers = new ArrayList<>();
  private GroupLog log = GroupLog.empty(GROUP.id());

  @BeforeEach
  void writeSomeHundredEntries() {
    perform(GROUP.create());
    for (long frame = 0; frame < 20; frame++) {
      perform(new GroupCommand.Append(List.of(GROUP.frame(ADA, 1, frame * FRAME, FRAME))));
    }
    assertThat(log.group().size()).isGreaterThan(2 * StoredRecord.FRONTIER_EVERY);
  }

  @Test
  void findsTheOneAtTheEndOfEachRecord() {
    GroupJournal journal = journal(records);
    assertThat(find(journal, 0)).contains(Frontier.EMPTY);
    for (Frontier frontier : frontiers) {
      assertThat(find(journal, frontier.size())).contains(frontier);
    }
  }

  @Test
  void findsNoneWithinARecordOrBehindTheEnd() {
    GroupJournal journal = journal(records);
    long end = log.group().size();
    assertThat(find(journal, end - 1)).isEmpty();
    assertThat(find(journal, end + 1)).isEmpty();
    assertThat(find(journal, end + 10_000)).isEmpty();
  }

  @Test
  void findsThoseOfTheBeginningInAJournalThatHasNone() {
    List<StoredRecord> older = records.stream()
        .map(r -> new StoredRecord(r.firstOffset(), r.at(), r.epoch(), r.root(), r.event()))
        .toList();
    GroupJournal journal = journal(older);
    for (Frontier frontier : frontiers) {
      assertThat(find(journal, frontier.size()).isPresent())
          .isEqualTo(frontier.size() <= StoredRecord.FRONTIER_EVERY);
    }
  }

  private void perform(GroupCommand command) {
    Decision decision = GroupRules.decide(log.group(), command, NOW);
    for (StoredRecord record : log.recordAll(decision.events())) {
      records.add(record);
      log = log.evolve(record);
      frontiers.add(log.frontier());
    }
  }

  private static Optional<Frontier> find(GroupJournal journal, long size) {
    return journal.frontier(GROUP.id(), size).toCompletableFuture().join();
  }

  private static GroupJournal journal(List<StoredRecord> records) {
    var codec = new GroupRecordCodec(GROUP.id());
    List<Bytes> stored = records.stream().map(codec::encode).map(Bytes::copyOf).toList();
    return GroupJournal.of(new Stored(stored), 4, 4);
  }

  /** Rows in memory. */
  private record Stored(List<Bytes> rows) implements JournalRows {

    @Override
    public CompletionStage<Optional<JournalRow>> at(String persistenceId, long sequenceNumber) {
      return CompletableFuture.completedFuture(
          sequenceNumber <= rows.size() ? Optional.of(row(sequenceNumber)) : Optional.empty());
    }

    @Override
    public CompletionStage<List<JournalRow>> from(
        String persistenceId, long sequenceNumber, long bytesMax) {
      var found = new ArrayList<JournalRow>();
      long bytes = 0;
      for (long next = sequenceNumber; next <= rows.size() && bytes < bytesMax; next++) {
        found.add(row(next));
        bytes += found.get(found.size() - 1).record().length();
      }
      return CompletableFuture.completedFuture(found);
    }

    private JournalRow row(long sequenceNumber) {
      return new JournalRow(sequenceNumber, rows.get((int) sequenceNumber - 1));
    }
  }
}
