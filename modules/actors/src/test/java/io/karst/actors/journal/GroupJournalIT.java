package io.karst.actors.journal;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.actors.scene.TestNode;
import io.karst.domain.group.GroupEvent;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StoredRecord;
import io.karst.testkit.TestCassandra;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads a log of some 130 rows in several partitions, beside the same log read from its start. */
class GroupJournalIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  private static final int ALL = 1 << 20;
  private static final long EPOCHS = 30;
  private static final TestDevice ADA = TestDevice.of("ada");
  private static final TestDevice BO = TestDevice.of("bo");
  private static final TestGroup GROUP = new TestGroup("read", List.of(ADA, BO));
  private static final TestGroup EMPTY = new TestGroup("empty", List.of(ADA));

  private static TestNode node;
  private static List<StoredRecord> log;

  @BeforeAll
  static void write() {
    TestNode.install(CASSANDRA);
    node = TestNode.start(
        CASSANDRA,
        new TestClock(),
        "pekko.persistence.cassandra.journal.target-partition-size = 20");
    node.register(0, GROUP.devices());
    node.create(GROUP);
    for (long epoch = 1; epoch <= EPOCHS; epoch++) {
      if (epoch > 1) {
        await(node.actors().groups().ask(GROUP.id(), GROUP.commit(epoch)));
      }
      node.append(GROUP, GROUP.frame(ADA, epoch, 0, (int) (epoch % 7) + 1));
    }
    log = read(0, ALL);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void theRowsMakeTheGroupThatTheEntityHas() {
    GroupLog replayed = GroupLog.empty(GROUP.id());
    for (StoredRecord record : log) {
      replayed = replayed.evolve(record);
    }
    assertThat(replayed.group().epoch().number()).isEqualTo(EPOCHS);
    assertThat(log.size()).isGreaterThan(3 * (int) EPOCHS);
  }

  @Test
  void findsTheRecordThatHoldsAnyOffset() {
    GroupJournal fresh = freshJournal();
    long end = log.get(log.size() - 1).nextOffset();
    for (long offset = 0; offset < end; offset++) {
      long wanted = offset;
      StoredRecord holder =
          log.stream().filter(r -> r.nextOffset() > wanted).findFirst().get();
      assertThat(await(fresh.readFrom(GROUP.id(), offset, 1))).containsExactly(holder);
    }
    assertThat(await(fresh.readFrom(GROUP.id(), end, ALL))).isEmpty();
    assertThat(await(fresh.readFrom(GROUP.id(), end + 1000, ALL))).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void pagesGiveTheWholeLogWithoutAGap(long seed) {
    var random = new Random(seed);
    GroupJournal fresh = freshJournal();
    var pages = new ArrayList<StoredRecord>();
    List<StoredRecord> page = await(fresh.readFrom(GROUP.id(), 0, 500));
    while (!page.isEmpty()) {
      pages.addAll(page);
      long next = pages.get(pages.size() - 1).nextOffset();
      page = await(fresh.readFrom(GROUP.id(), next, 1 + random.nextInt(5000)));
    }
    assertThat(pages).as("seed %d", seed).isEqualTo(log);
  }

  @Test
  void checksACursorAgainstTheRecordThatEndsThere() {
    GroupJournal fresh = freshJournal();
    for (StoredRecord record : log) {
      assertThat(await(fresh.endingAt(GROUP.id(), record.nextOffset()))).contains(record);
    }
    StoredRecord packed =
        log.stream().filter(r -> r.event().entries() > 1).findFirst().get();
    assertThat(await(fresh.endingAt(GROUP.id(), packed.firstOffset() + 1))).isEmpty();
    long end = log.get(log.size() - 1).nextOffset();
    assertThat(await(fresh.endingAt(GROUP.id(), end + 1))).isEmpty();
    assertThat(await(fresh.endingAt(GROUP.id(), 0))).isEmpty();
  }

  @Test
  void findsTheRecordsThatStartedEpochs() {
    List<StoredRecord> all = log.stream()
        .filter(record -> record.event() instanceof GroupEvent.EpochStarted)
        .toList();
    assertThat(await(freshJournal().epochs(GROUP.id(), 1, EPOCHS))).isEqualTo(all);
    assertThat(await(freshJournal().epochs(GROUP.id(), 17, 19))).isEqualTo(all.subList(16, 19));
    assertThat(await(freshJournal().epochs(GROUP.id(), EPOCHS, EPOCHS + 50)))
        .isEqualTo(all.subList((int) EPOCHS - 1, (int) EPOCHS));
    assertThat(await(freshJournal().epochs(GROUP.id(), EPOCHS + 1, EPOCHS + 50)))
        .isEmpty();
  }

  @Test
  void replaysTheBytesThatAreStored() {
    var codec = new GroupRecordCodec(GROUP.id());
    var rows = new ArrayList<JournalRow>();
    List<JournalRow> page = await(node.actors().journal().replay(GROUP.id(), 0, 2000));
    while (!page.isEmpty()) {
      rows.addAll(page);
      page = await(node.actors().journal().replay(GROUP.id(), rows.size(), 2000));
    }
    assertThat(rows.stream().map(row -> codec.decode(row.record().toArray()))).isEqualTo(log);
    assertThat(rows.get(rows.size() - 1).sequenceNumber()).isEqualTo(rows.size());
  }

  @Test
  void aGroupThatDoesNotExistHasAnEmptyLog() {
    assertThat(await(freshJournal().readFrom(EMPTY.id(), 0, ALL))).isEmpty();
    assertThat(await(freshJournal().endingAt(EMPTY.id(), 5))).isEmpty();
    assertThat(await(freshJournal().epochs(EMPTY.id(), 1, 1))).isEmpty();
    assertThat(await(freshJournal().replay(EMPTY.id(), 0, ALL))).isEmpty();
  }

  private static List<StoredRecord> read(long offset, int bytesMax) {
    return await(node.actors().journal().readFrom(GROUP.id(), offset, bytesMax));
  }

  /** One that has seen nothing yet. */
  private static GroupJournal freshJournal() {
    return GroupJournal.open(node.system(), node.session());
  }
}
