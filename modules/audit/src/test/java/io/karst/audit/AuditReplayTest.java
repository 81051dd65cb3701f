package io.karst.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.journal.history.GroupHistory;
import io.karst.journal.history.RandomWalk;
import io.karst.proof.entry.EntryKind;
import io.karst.proof.merkle.Head;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Honest logs, and logs that were damaged on the way to the auditor. */
class AuditReplayTest {

  private final Scene scene = new Scene();
  private final List<byte[]> stored = scene.history.stored();

  @Test
  void anHonestLogIsSound() {
    var told = new CollectedRows();
    AuditReport report = new AuditReplay(scene.history.id(), told).run(stored.iterator());
    assertThat(report.findings()).isEmpty();
    assertThat(report.sound()).isTrue();
    assertThat(report.head()).isEqualTo(scene.history.log().head());
    assertThat(report.records()).isEqualTo(stored.size());
    assertThat(told.ends).containsExactly(report);
    assertThat(told.rows.stream().map(Row::offset))
        .containsExactlyElementsOf(
            LongStream.range(0, report.head().size()).boxed().toList());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5})
  void anyLogThatTheRulesWroteIsSound(long seed) {
    GroupHistory walked = RandomWalk.of(seed, 100);
    var replay = new AuditReplay(walked.id(), new CollectedRows());
    assertThat(replay.run(walked.stored().iterator()).findings())
        .as("seed %d", seed)
        .isEmpty();
  }

  @Test
  void rowsTellWhoDidWhat() {
    var told = new CollectedRows();
    new AuditReplay(scene.history.id(), told).run(stored.iterator());
    assertThat(told.rows.get(1).kind()).isEqualTo(EntryKind.MEMBER_ADDED);
    assertThat(told.rows.get(1).who()).isEqualTo("ada/laptop");
    assertThat(told.rows.get(2).what()).isEqualTo("adds bo as member");
    assertThat(told.rows.get(4).who()).isEqualTo("server");
    assertThat(told.rows.get(6).what()).startsWith("message 0 of session ");
  }

  @Test
  void aDroppedRecordIsFoundWhereverItWas() {
    for (int i = 0; i < stored.size() - 1; i++) {
      List<byte[]> damaged = new ArrayList<>(stored);
      damaged.remove(i);
      AuditReport report = scene.audit(damaged);
      assertThat(codes(report)).as("record %d", i).containsExactly(FindingCode.RECORDS_MISSING);
      assertThat(report.complete()).isFalse();
      assertThat(report.findings().get(0).offset()).isEqualTo(offsetOf(i));
    }
  }

  @Test
  void aRepeatedRecordIsFoundWhereverItIs() {
    for (int i = 0; i < stored.size(); i++) {
      List<byte[]> damaged = new ArrayList<>(stored);
      damaged.add(i, stored.get(i));
      assertThat(codes(scene.audit(damaged))).containsExactly(FindingCode.RECORDS_REPEATED);
    }
  }

  @Test
  void twoSwappedRecordsAreFoundWhereverTheyAre() {
    for (int i = 0; i < stored.size() - 1; i++) {
      List<byte[]> damaged = new ArrayList<>(stored);
      Collections.swap(damaged, i, i + 1);
      assertThat(codes(scene.audit(damaged))).containsExactly(FindingCode.RECORDS_MISSING);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void aFlippedBitIsFoundWhereverItIs(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      int record = random.nextInt(stored.size());
      byte[] damaged = stored.get(record).clone();
      int bit = random.nextInt(8 * damaged.length);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      List<byte[]> log = new ArrayList<>(stored);
      log.set(record, damaged);
      AuditReport report = scene.audit(log);
      assertThat(report.sound())
          .as("seed %d record %d bit %d", seed, record, bit)
          .isFalse();
      assertThat(report.findings().get(0).offset()).isGreaterThanOrEqualTo(offsetOf(record));
    }
  }

  @Test
  void aRecordThatCannotBeReadEndsTheReplay() {
    List<byte[]> damaged = new ArrayList<>(stored);
    damaged.set(4, new byte[] {1, 2, 3});
    AuditReport report = scene.audit(damaged);
    assertThat(codes(report)).containsExactly(FindingCode.RECORD_CORRUPT);
    assertThat(report.records()).isEqualTo(4);
    assertThat(report.complete()).isFalse();
    assertThat(report.findings().get(0).sentence()).startsWith("Record 5 cannot be read at record");
  }

  @Test
  void anEmptyLogIsNotSound() {
    assertThat(codes(scene.audit(List.of()))).containsExactly(FindingCode.LOG_EMPTY);
  }

  @Test
  void aLogThatEndsInsideOfACommitIsFound() {
    assertThat(codes(scene.audit(stored.subList(0, 2))))
        .containsExactly(FindingCode.COMMIT_UNFINISHED);
  }

  @Test
  void headsThatTheLogPassesThroughAreFine() {
    List<Head> shown = new ArrayList<>();
    scene.history.records().forEach(record -> shown.add(record.head()));
    shown.add(Head.EMPTY);
    Collections.reverse(shown);
    assertThat(scene.audit(stored, shown).sound()).isTrue();
  }

  @Test
  void aHeadOfAnotherLogContradictsThisOne() {
    Bytes otherRoot = Bytes.copyOf(new byte[32]);
    for (long size : new long[] {0, 1, 6, 7, scene.history.log().head().size()}) {
      AuditReport report = scene.audit(stored, List.of(new Head(size, otherRoot)));
      assertThat(codes(report)).as("%d", size).containsExactly(FindingCode.HEAD_CONTRADICTED);
      assertThat(report.complete()).isTrue();
    }
  }

  @Test
  void aLogThatWasCutOffBehindARecordIsFoundByAHead() {
    Head shown = scene.history.log().head();
    AuditReport report = scene.audit(stored.subList(0, stored.size() - 1), List.of(shown));
    assertThat(codes(report)).containsExactly(FindingCode.LOG_CUT_OFF);
  }

  private long offsetOf(int record) {
    return scene.history.records().get(record).firstOffset();
  }

  private static List<FindingCode> codes(AuditReport report) {
    return report.findings().stream().map(Finding::code).toList();
  }
}
