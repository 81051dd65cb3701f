package io.karst.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.journal.history.LargeGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Epochs whose keys stand in records of their own, and what abandoned commits left of theirs. */
class LargeEpochAuditTest {

  private static final int DEVICES = 300;

  private final LargeGroup large = new LargeGroup(DEVICES);
  private final CollectedRows told = new CollectedRows();

  @Test
  void whatWasAbandonedLeavesNoTrace() {
    AuditReport before = audit(large.history.stored());
    large.history.abandon(large.phone, 2);
    AuditReport after = audit(large.history.stored());
    assertThat(after).isEqualTo(before);
    assertThat(after.sound()).isTrue();
  }

  @Test
  void aLargeRotationAfterAbandonedOnesIsSound() {
    large.history.abandon(large.phone, 1);
    large.history.send(large.phone, 1, 0);
    large.history.abandon(large.phone, 2);
    large.history.stage(large.phone);
    AuditReport report = audit(large.history.stored());
    assertThat(report.findings()).isEmpty();
    assertThat(report.head()).isEqualTo(large.history.log().head());
    assertThat(told.rows.stream().map(Row::offset))
        .containsExactlyElementsOf(
            LongStream.range(0, report.head().size()).boxed().toList());
  }

  @Test
  void aPartThatWasDroppedRepeatedOrMovedIsFound() {
    large.history.stage(large.phone);
    List<byte[]> stored = large.history.stored();
    int first = stored.size() - 5;
    for (int part = first; part < first + 3; part++) {
      List<byte[]> dropped = new ArrayList<>(stored);
      dropped.remove(part);
      assertFound(dropped);
    }
    List<byte[]> repeated = new ArrayList<>(stored);
    repeated.add(first + 1, stored.get(first + 1));
    assertFound(repeated);
    List<byte[]> swapped = new ArrayList<>(stored);
    Collections.swap(swapped, first + 1, first + 2);
    assertFound(swapped);
  }

  private void assertFound(List<byte[]> damaged) {
    AuditReport report = audit(damaged);
    assertThat(report.findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.SEALED_KEYS_MISMATCH);
    assertThat(report.complete()).isTrue();
  }

  private AuditReport audit(List<byte[]> stored) {
    return new AuditReplay(large.history.id(), told).run(stored.iterator());
  }
}
