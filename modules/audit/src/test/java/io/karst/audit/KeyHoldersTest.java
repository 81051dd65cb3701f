package io.karst.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.audit.KeyHolders.Holder;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.Policy;
import io.karst.domain.history.History;
import io.karst.domain.history.KeyShare;
import io.karst.journal.log.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who got the key of what was said at some place of a log. */
class KeyHoldersTest {

  private final Scene scene = new Scene();

  @Test
  void theRosterOfAMessagesEpochGotItsKey() {
    assertThat(at(message(1))).containsExactly("ada/laptop", "ada/phone", "bo/phone");
    assertThat(at(message(2))).containsExactly("ada/laptop", "ada/phone", "bo/phone", "cleo/phone");
    assertThat(at(message(3))).containsExactly("ada/laptop", "ada/phone", "cleo/phone");
  }

  @Test
  void aMessageInGraceIsOfItsOwnEpoch() {
    long late = scene.history.records().stream()
        .filter(record -> record.epoch() == 2 && speaks(record, 1))
        .mapToLong(StoredRecord::firstOffset)
        .findFirst()
        .orElseThrow();
    KeyHolders holders = KeyHolders.ofOffset(late);
    replay(holders);
    assertThat(holders.epoch()).contains(1L);
  }

  @Test
  void aControlEntryIsOfTheEpochThatIsCurrentOnceItIsWritten() {
    KeyHolders holders = KeyHolders.ofOffset(scene.history.log().head().size() - 1);
    replay(holders);
    assertThat(holders.epoch()).contains(3L);
  }

  @Test
  void atATimeTheEpochIsTheOneThatWasCurrent() {
    List<StoredRecord> records = scene.history.records();
    Instant second = records.stream()
        .filter(record -> record.epoch() == 2)
        .findFirst()
        .orElseThrow()
        .at();
    assertThat(epoch(second)).contains(2L);
    assertThat(epoch(second.minusMillis(1))).contains(1L);
    assertThat(epoch(Instant.MAX)).contains(3L);
    assertThat(epoch(records.get(0).at().minusMillis(1))).isEmpty();
  }

  @Test
  void whomTheKeysWereSharedWithLaterGotThemToo() {
    var open = new Policy(
        Policy.DEFAULT.grace(),
        Policy.DEFAULT.ageMax(),
        Policy.DEFAULT.messagesPerMember(),
        History.FROM_INDEX,
        false);
    var laptop = scene.laptop.address();
    scene.history.perform(new GroupCommand.SetPolicy(laptop, open));
    scene.history.perform(new GroupCommand.ShareHistory(
        new KeyShare(laptop, scene.cleosPhone.address(), 1, 1, 0, Bytes.copyOf(new byte[] {1}))));
    KeyHolders first = KeyHolders.ofOffset(message(1));
    replay(first);
    assertThat(first.holders()).hasSize(4);
    Holder cleo = first.holders().get(3);
    assertThat(cleo.device()).isEqualTo(scene.cleosPhone.address());
    assertThat(cleo.way()).isEqualTo(KeyHolders.Way.SHARED);
    assertThat(cleo.by()).isEqualTo(laptop);
    assertThat(at(message(3))).hasSize(3);
  }

  @Test
  void aDeviceThatRefusedTheEpochIsMarked() {
    scene.history.perform(new GroupCommand.ReportEpochRefused(scene.cleosPhone.address(), 3));
    KeyHolders third = KeyHolders.ofOffset(message(3));
    replay(third);
    assertThat(third.holders())
        .extracting(Holder::way)
        .containsExactly(KeyHolders.Way.ROSTER, KeyHolders.Way.ROSTER, KeyHolders.Way.REFUSED);
  }

  @Test
  void aPlaceBeyondTheLogHasNoEpoch() {
    KeyHolders holders = KeyHolders.ofOffset(1_000_000);
    replay(holders);
    assertThat(holders.epoch()).isEmpty();
    assertThat(holders.holders()).isEmpty();
  }

  /** The first message of an epoch. */
  private long message(long epoch) {
    return scene.history.records().stream()
        .filter(record -> speaks(record, epoch))
        .mapToLong(StoredRecord::firstOffset)
        .findFirst()
        .orElseThrow();
  }

  private static boolean speaks(StoredRecord record, long epoch) {
    return record.event() instanceof GroupEvent.EnvelopesAppended said
        && said.envelopes().get(0).epoch() == epoch;
  }

  private List<String> at(long offset) {
    KeyHolders holders = KeyHolders.ofOffset(offset);
    replay(holders);
    return holders.holders().stream().map(holder -> holder.device().toString()).toList();
  }

  private Optional<Long> epoch(Instant time) {
    KeyHolders holders = KeyHolders.ofTime(time);
    replay(holders);
    return holders.epoch();
  }

  private void replay(KeyHolders holders) {
    AuditReport report =
        new AuditReplay(scene.history.id(), holders).run(scene.history.stored().iterator());
    assertThat(report.findings()).isEmpty();
  }
}
