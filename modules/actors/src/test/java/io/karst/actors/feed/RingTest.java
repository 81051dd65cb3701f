package io.karst.actors.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.scene.TestDevice;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.journal.log.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingTest {

  private static final TestDevice ADA = TestDevice.of("ada");
  private static final Bytes ROOT = Bytes.copyOf(new byte[32]);

  private final Ring ring = new Ring();

  @Test
  void knowsNothingUntilItIsTold() {
    assertThat(ring.started()).isFalse();
    ring.reached(0);
    assertThat(ring.started()).isTrue();
    assertThat(ring.nextOffset()).isZero();
  }

  @Test
  void answersFromTheRecordThatHoldsTheOffset() {
    ring.reached(10);
    ring.add(record(10, 3));
    ring.add(record(13, 2));
    assertThat(ring.oldestOffset()).isEqualTo(10);
    assertThat(ring.nextOffset()).isEqualTo(15);
    assertThat(firsts(ring.from(12))).containsExactly(10L, 13L);
    assertThat(firsts(ring.from(13))).containsExactly(13L);
    assertThat(firsts(ring.from(14))).containsExactly(13L);
  }

  @Test
  void ignoresWhatItHas() {
    ring.add(record(10, 3));
    ring.add(record(10, 3));
    assertThat(ring.nextOffset()).isEqualTo(13);
    assertThat(firsts(ring.from(10))).containsExactly(10L);
  }

  @Test
  void aGapMakesWhatItHasWorthless() {
    ring.add(record(10, 3));
    ring.add(record(14, 1));
    assertThat(ring.oldestOffset()).isEqualTo(14);
    assertThat(firsts(ring.from(14))).containsExactly(14L);
  }

  @Test
  void aLogThatIsLongerThanKnownMakesWhatItHasWorthlessAShorterOneDoesNot() {
    ring.add(record(10, 3));
    ring.reached(12);
    assertThat(ring.oldestOffset()).isEqualTo(10);
    ring.reached(20);
    assertThat(ring.oldestOffset()).isEqualTo(20);
    assertThat(ring.nextOffset()).isEqualTo(20);
  }

  @Test
  void keepsSoManyRecordsAndNoMore() {
    IntStream.range(0, Ring.RECORDS_MAX).forEach(i -> ring.add(record(i, 1)));
    assertThat(ring.oldestOffset()).isZero();
    ring.add(record(Ring.RECORDS_MAX, 1));
    assertThat(ring.oldestOffset()).isEqualTo(1);
  }

  @Test
  void keepsSoManyBytesButOneRecordAtLeast() {
    int large = Ring.BYTES_MAX / 4 / Envelope.CIPHERTEXT_MAX;
    IntStream.range(0, 5).forEach(i -> ring.add(large((long) i * large, large)));
    assertThat(ring.oldestOffset()).isGreaterThan(0);
    long last = ring.nextOffset();
    ring.add(large(last, 64));
    assertThat(ring.oldestOffset()).isEqualTo(last);
  }

  @Test
  void anAnswerIsBoundedButHasOneRecordAtLeast() {
    ring.add(large(0, 4));
    ring.add(large(4, 4));
    assertThat(ring.from(0)).hasSize(1);
    assertThat(ring.from(4)).hasSize(1);
  }

  @Test
  void forgetsWhatStayedThroughOneAge() {
    ring.add(record(0, 1));
    ring.age();
    ring.add(record(1, 1));
    assertThat(ring.oldestOffset()).isZero();
    ring.age();
    assertThat(ring.oldestOffset()).isEqualTo(1);
    ring.age();
    assertThat(ring.oldestOffset()).isEqualTo(2);
    assertThat(ring.nextOffset()).isEqualTo(2);
  }

  private static List<Long> firsts(List<StoredRecord> records) {
    return records.stream().map(StoredRecord::firstOffset).toList();
  }

  private static StoredRecord record(long offset, int envelopes) {
    return record(offset, envelopes, 10);
  }

  private static StoredRecord large(long offset, int envelopes) {
    return record(offset, envelopes, Envelope.CIPHERTEXT_MAX);
  }

  private static StoredRecord record(long offset, int envelopes, int size) {
    List<Envelope> each =
        IntStream.range(0, envelopes).mapToObj(i -> ADA.envelope(1, i, size)).toList();
    var event = new GroupEvent.EnvelopesAppended(each, Instant.EPOCH);
    return new StoredRecord(offset, Instant.EPOCH, 1, ROOT, event);
  }
}
